using Azure;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Local;

/// <summary>
/// Executes runs one after the other in the background of the server, in the order of the requests. Each run gets all cores. A stop
/// leaves unfinished runs in their current state, and a later server continues them.
/// </summary>
internal sealed class RunQueue(
    StorageConnection connection, TrainingDevices devices, string? data, Output output, ILoggerFactory loggers, CancellationToken stop)
    : IComparisonHost, IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    private readonly RunStore _runs = new(connection.Storage);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Carried> _carried = [];

    /// <summary>A run that waits for its turn or executes.</summary>
    private sealed class Carried
    {
        public required Task Work { get; init; }

        /// <summary>
        /// True if the run was started again in the meantime. Its status must then be read again before the queue drops it.
        /// </summary>
        public bool StartedAgain { get; set; }
    }

    /// <summary>Number of runs that wait or execute.</summary>
    public int Active
    {
        get
        {
            lock (_gate)
            {
                return _carried.Values.Count(run => !run.Work.IsCompleted);
            }
        }
    }

    public Task StartAsync(RunRecord run, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_carried.TryGetValue(run.Id, out var known))
            {
                known.StartedAgain = true;
            }
            else
            {
                _carried[run.Id] = new Carried { Work = Task.Run(() => CarryAsync(run.Id), CancellationToken.None) };
            }
        }

        return Task.CompletedTask;
    }

    public Task<bool> IsUnderWayAsync(string runId, CancellationToken cancellation) =>
        new RunBlobs(connection.Storage, runId).AreLockedAsync(cancellation);

    /// <summary>Continues the runs that an earlier server left unfinished.</summary>
    public async Task TakeUpAsync()
    {
        foreach (var run in await _runs.ListUnfinishedAsync(stop))
        {
            output.Line($"run {run.Id} started");
            await StartAsync(run, stop);
        }
    }

    /// <summary>Waits until every run has ended or, after a stop, has saved its work.</summary>
    public Task WhenAllStoppedAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_carried.Values.Select(run => run.Work));
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task CarryAsync(string id)
    {
        try
        {
            do
            {
                await RunWithRetriesAsync(id);
            }
            while (MustLookAgain(id));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The next server takes it up.
        }
    }

    /// <summary>Drops a run, unless it was started again since the queue last read its status.</summary>
    private bool MustLookAgain(string id)
    {
        lock (_gate)
        {
            if (_carried[id].StartedAgain)
            {
                _carried[id].StartedAgain = false;
                return true;
            }

            _carried.Remove(id);
            return false;
        }
    }

    private async Task RunWithRetriesAsync(string id)
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
                throw;
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

            await Task.Delay(RetryInterval, stop);
        }
    }

    private async Task RunInTurnAsync(string id)
    {
        if (await _runs.FindAsync(id, stop) is not { IsFinished: false })
        {
            return;
        }

        // A run that another process carries must not hold up the others.
        await (await BlobLock.AcquireAsync(connection.Storage.Container(StorageNames.Runs), $"{id}/lock", TimeProvider.System, stop)).DisposeAsync();
        await _turn.WaitAsync(stop);
        try
        {
            // It may have been cancelled, or even deleted, while it waited.
            if (await _runs.FindAsync(id, stop) is { IsFinished: false } run)
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
        var definition = await new RunDefinitions(connection.Storage).GetAsync(run.Id, stop);
        var runner = LocalRuns.CreateRunner(
            connection, definition.Configuration, devices, begunOn, data, new ActionProgress<TrainingProgress>(_ => { }),
            new ActionProgress<string>(note => output.Line($"run {run.Id}: {note}")), loggers);
        var progress = new ActionProgress<WorkflowProgress>(change => output.Line(
            change.Trainings > 0 ? $"run {run.Id}: {change.Stage} ({change.TrainingsDone} of {change.Trainings} models done)" : $"run {run.Id}: {change.Stage}"));
        var outcome = await runner.RunUntilStoppedAsync(run.Id, progress, stop);
        output.Line(outcome.Winner is null ? $"run {run.Id} ended: {outcome.Error ?? "cancelled"}" : $"run {run.Id} ended: winner {outcome.Winner}");
    }
}
