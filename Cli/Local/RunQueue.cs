using Azure;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Api;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Local;

/// <summary>
/// Carries out runs one after the other, in the background of the server: each gets all cores, and the order of requests is
/// the order of results. Stopping leaves runs as they stand; a later server takes them up.
/// </summary>
internal sealed class RunQueue(
    StorageConnection connection, TrainingDevices devices, string? data, Output output, ILoggerFactory loggers, CancellationToken stop)
    : IComparisonHost, IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    private readonly RunStore _runs = new(connection.Storage);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _known = [];

    /// <summary>The runs that wait or run now.</summary>
    public int Active
    {
        get
        {
            lock (_gate)
            {
                return _known.Values.Count(run => !run.IsCompleted);
            }
        }
    }

    public Task StartAsync(RunRecord run, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(run.Id, out var known) || known.IsCompleted)
            {
                _known[run.Id] = Task.Run(() => CarryAsync(run.Id), CancellationToken.None);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Takes up what an earlier server, or one that crashed, has left unfinished.</summary>
    public async Task TakeUpAsync()
    {
        foreach (var run in await _runs.ListUnfinishedAsync(stop))
        {
            output.Line($"run {run.Id} taken up");
            await StartAsync(run, stop);
        }
    }

    /// <summary>Waits until every run has ended or, after the stop, has left its work in order.</summary>
    public Task WhenAllStoppedAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_known.Values);
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task CarryAsync(string id)
    {
        while (true)
        {
            try
            {
                await RunInTurnAsync(id);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException or OperationCanceledException)
            {
                // Storage was away, or another process has taken the run's lock over: the run is in no danger.
                output.Line($"run {id} waits {RetryInterval.TotalSeconds:0} s: {e.Message.Split('\n')[0].Trim()}");
            }
            catch (Exception e)
            {
                output.Line($"run {id} ended unexpectedly: {e.Message}");
                return;
            }

            await Task.Delay(RetryInterval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunInTurnAsync(string id)
    {
        // A run that another process carries must not hold up the others.
        await (await BlobLock.AcquireAsync(connection.Storage.Container(StorageNames.Runs), $"{id}/lock", TimeProvider.System, stop)).DisposeAsync();
        await _turn.WaitAsync(stop);
        try
        {
            var run = await _runs.GetAsync(id, stop);
            if (!run.IsFinished)
            {
                await RunAsync(run);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RunAsync(RunRecord run)
    {
        var begunOn = await LocalRuns.FindDeviceAsync(connection.Storage, run.Id, stop);
        var runner = LocalRuns.CreateRunner(
            connection, run.Configuration, devices, begunOn, data, new ActionProgress<TrainingProgress>(_ => { }),
            new ActionProgress<string>(note => output.Line($"run {run.Id}: {note}")), loggers);
        var progress = new ActionProgress<WorkflowProgress>(change => output.Line(
            change.Trainings > 0 ? $"run {run.Id}: {change.Stage} ({change.TrainingsDone} of {change.Trainings} models done)" : $"run {run.Id}: {change.Stage}"));
        var outcome = await runner.RunUntilStoppedAsync(run, progress, stop);
        output.Line(outcome.Winner is null ? $"run {run.Id} ended: {outcome.Error ?? "cancelled"}" : $"run {run.Id} ended: winner {outcome.Winner}");
    }
}
