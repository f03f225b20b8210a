using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Local.Serving;
using ServerlessFashion.Prediction;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Local.Serving;

public sealed class IncomingWatcherTests
{
    private readonly HastyTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As the emulator's does when a blob has a control character in its name: no XML that can be read.</summary>
    [Fact]
    public async Task Run_ListingThatCannotBeRead_LooksAgainUntilStopped()
    {
        var listings = 0;
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ServeAsync(context =>
        {
            if (Interlocked.Increment(ref listings) == 2)
            {
                again.SetResult();
            }

            return Task.CompletedTask;
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var watching = WatcherOf(server).RunAsync(stop.Token);
        await Task.WhenAny(again.Task, watching);
        await stop.CancelAsync();
        await watching;
        Assert.True(listings >= 2);
    }

    /// <summary>A list of a million uploads must not keep the storage busy: it takes at most five percent of the time.</summary>
    [Theory]
    [InlineData(0.01, 1)]
    [InlineData(0.2, 4)]
    [InlineData(60, 30)]
    public void IntervalAfter_AList_GrowsWithItsTime(double listing, double expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), IncomingWatcher.IntervalAfter(TimeSpan.FromSeconds(listing)));

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync(Cancellation);
        return server;
    }

    private IncomingWatcher WatcherOf(WebApplication server)
    {
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var storage = FashionStorage.Connect($"AccountName=a;AccountKey=AAAA;BlobEndpoint={address}/a;TableEndpoint={address}/a");
        var predictor = TestServices.On(storage, _time).AddPrediction().Get<IncomingPredictor>();
        return new IncomingWatcher(storage, predictor, _time, new Output(json: true));
    }

    /// <summary>Every wait is over at once.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
