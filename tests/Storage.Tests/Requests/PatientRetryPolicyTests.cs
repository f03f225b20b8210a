using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Storage.Tests.Requests;

public class PatientRetryPolicyTests
{
    private readonly FakeTimeProvider _time = new();

    /// <summary>Each attempt takes four seconds, so the second one ends after the five seconds of patience.</summary>
    [Fact]
    public async Task Send_NoAnswer_TriesAgainWhilePatienceLasts()
    {
        using var patience = StoragePatience.Begin(TimeSpan.FromSeconds(5));
        var transport = new DeadTransport(_time, TimeSpan.FromSeconds(4));

        await Assert.ThrowsAsync<AggregateException>(() => SendAsync(transport));

        Assert.Equal(2, transport.Attempts);
    }

    [Fact]
    public async Task Send_InnerScope_AppliesInsteadOfTheOuter()
    {
        using var outer = StoragePatience.Begin(TimeSpan.FromMinutes(5));
        using var inner = StoragePatience.Begin(TimeSpan.FromSeconds(1));
        var transport = new DeadTransport(_time, TimeSpan.FromSeconds(4));

        await Assert.ThrowsAsync<RequestFailedException>(() => SendAsync(transport));

        Assert.Equal(1, transport.Attempts);
    }

    private async Task SendAsync(HttpPipelineTransport transport)
    {
        var options = new Options { Transport = transport, RetryPolicy = new PatientRetryPolicy(_time) };
        var pipeline = HttpPipelineBuilder.Build(options);
        using var message = pipeline.CreateMessage();
        message.Request.Uri.Reset(new Uri("http://storage.invalid/"));
        await pipeline.SendAsync(message, TestContext.Current.CancellationToken);
    }

    private sealed class Options : ClientOptions;

    /// <summary>A network on which every attempt fails after a while.</summary>
    private sealed class DeadTransport(FakeTimeProvider time, TimeSpan each) : HttpPipelineTransport
    {
        public int Attempts { get; private set; }

        public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

        public override void Process(HttpMessage message)
        {
            Attempts++;
            time.Advance(each);
            throw new RequestFailedException("Connection refused");
        }

        public override ValueTask ProcessAsync(HttpMessage message)
        {
            Process(message);
            return ValueTask.CompletedTask;
        }
    }
}
