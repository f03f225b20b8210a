using System.Diagnostics.CodeAnalysis;
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

    /// <summary>
    /// The first request uses up its 20 seconds with attempts of 8 s. The second one gives up after 15 seconds: at its second attempt.
    /// </summary>
    [Fact]
    public async Task Send_AfterARequestThatGaveUp_GivesUpSooner()
    {
        using var patience = StoragePatience.Begin(TimeSpan.FromSeconds(20));
        var transport = new DeadTransport(_time, TimeSpan.FromSeconds(8));
        var pipeline = Pipeline(transport);

        await Assert.ThrowsAsync<AggregateException>(() => WriteAsync(pipeline));
        Assert.Equal(3, transport.Attempts);
        await Assert.ThrowsAsync<AggregateException>(() => WriteAsync(pipeline));

        Assert.Equal(3 + 2, transport.Attempts);
    }

    [Fact]
    public async Task Send_AfterAnAnswer_HasAllItsPatienceAgain()
    {
        using var patience = StoragePatience.Begin(TimeSpan.FromSeconds(20));
        var transport = new DeadTransport(_time, TimeSpan.FromSeconds(8));
        var pipeline = Pipeline(transport);

        await Assert.ThrowsAsync<AggregateException>(() => WriteAsync(pipeline));
        transport.Answers = true;
        await WriteAsync(pipeline);
        transport.Answers = false;
        await Assert.ThrowsAsync<AggregateException>(() => WriteAsync(pipeline));

        Assert.Equal(3 + 1 + 3, transport.Attempts);
    }

    /// <summary>An account with a full disk answers those who read, and those who renew a lease: a PUT without content.</summary>
    [Fact]
    public async Task Send_RequestsWithoutContentBetween_DoNotRenewThePatienceOfWrites()
    {
        using var patience = StoragePatience.Begin(TimeSpan.FromSeconds(20));
        var transport = new DeadTransport(_time, TimeSpan.FromSeconds(8));
        var pipeline = Pipeline(transport);

        await Assert.ThrowsAsync<AggregateException>(() => WriteAsync(pipeline));
        transport.Answers = true;
        await SendAsync(pipeline, RequestMethod.Get);
        await SendAsync(pipeline, RequestMethod.Put);
        transport.Answers = false;
        await Assert.ThrowsAsync<AggregateException>(() => WriteAsync(pipeline));

        Assert.Equal(3 + 2 + 2, transport.Attempts);
    }

    private Task SendAsync(HttpPipelineTransport transport) => SendAsync(Pipeline(transport), RequestMethod.Get);

    private HttpPipeline Pipeline(HttpPipelineTransport transport) =>
        HttpPipelineBuilder.Build(new Options { Transport = transport, RetryPolicy = new PatientRetryPolicy(_time) });

    private static Task WriteAsync(HttpPipeline pipeline) => SendAsync(pipeline, RequestMethod.Put, RequestContent.Create("content"));

    private static async Task SendAsync(HttpPipeline pipeline, RequestMethod method, RequestContent? content = null)
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Content = content;
        message.Request.Uri.Reset(new Uri("http://storage.invalid/"));
        await pipeline.SendAsync(message, TestContext.Current.CancellationToken);
    }

    private sealed class Options : ClientOptions;

    /// <summary>A network on which every attempt fails after a while.</summary>
    private sealed class DeadTransport(FakeTimeProvider time, TimeSpan each) : HttpPipelineTransport
    {
        public int Attempts { get; private set; }

        /// <summary>Whether the account answers with success.</summary>
        public bool Answers { get; set; }

        public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

        public override void Process(HttpMessage message)
        {
            Attempts++;
            time.Advance(each);
            if (Answers)
            {
                message.Response = new Success();
                return;
            }

            throw new RequestFailedException("Connection refused");
        }

        public override ValueTask ProcessAsync(HttpMessage message)
        {
            Process(message);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Success : Response
    {
        public override int Status => 200;

        public override string ReasonPhrase => "OK";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
            // Nothing is held.
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }
}
