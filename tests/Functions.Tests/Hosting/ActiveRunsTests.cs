using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Functions.Hosting;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Functions.Tests.Hosting;

public sealed class ActiveRunsTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gauge_ARunEndsWithinAMinute_ShowsItAfterTheMinute()
    {
        var runs = AddedRun.StoreOn(await azurite.NewStorageAsync());
        await AddAsync(runs, "pending", RunStatus.Pending);
        await AddAsync(runs, "running", RunStatus.Running);
        await AddAsync(runs, "done", RunStatus.Completed);
        using var recorder = new TelemetryRecorder();
        using var service = new ActiveRuns(runs, _time, NullLogger<ActiveRuns>.Instance);

        await service.StartAsync(Cancellation);
        await WaitForAsync(recorder, 2);
        await runs.UpdateAsync("running", run => run with { Status = RunStatus.Completed }, Cancellation);
        _time.Advance(TimeSpan.FromMinutes(1));
        await WaitForAsync(recorder, 1);
        await service.StopAsync(Cancellation);

        var before = recorder.Values("fashion.run.active").Count;
        recorder.ReadGauges();
        Assert.Equal(before, recorder.Values("fashion.run.active").Count);
    }

    private static Task<RunRecord> AddAsync(RunStore runs, string id, RunStatus status) =>
        runs.AddAsync(id, status, Presets.Configure(new ComparisonOptions { Preset = "smoke" }, _ => 1));

    private static async Task WaitForAsync(TelemetryRecorder recorder, int count)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        late.CancelAfter(TimeSpan.FromMinutes(1));
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), late.Token);
            recorder.ReadGauges();
        }
        while (recorder.Values("fashion.run.active") is not [.., { Value: var last }] || last != count);
    }
}
