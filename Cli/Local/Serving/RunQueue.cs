using Microsoft.Extensions.Logging;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage.Requests;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Local.Serving;

/// <summary>
/// Executes runs one after the other in the background of the server, in the order of the requests. Each run gets all cores. A stop
/// leaves unfinished runs in their current state, and a later server continues them.
/// </summary>
internal sealed class RunQueue(
    IQueuedRuns runs, Output output, TimeProvider time, ILogger<RunQueue> log, Interruption interruption)
    : IComparisonHost, IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    private readonly CancellationToken _stop = interruption.Token;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, QueuedRun> _queued = [];

    /// <summary>A run that waits for its turn or executes.</summary>
    private sealed class QueuedRun
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
                return _queued.Values.Count(run => !run.Work.IsCompleted);
            }
        }
    }

    public Task StartAsync(RunRecord run, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_queued.TryGetValue(run.Id, out var known))
            {
                known.StartedAgain = true;
            }
            else
            {
                _queued[run.Id] = new QueuedRun { Work = Task.Run(() => ExecuteAsync(run.Id), CancellationToken.None) };
            }
        }

        return Task.CompletedTask;
    }

    public Task<bool> IsUnderWayAsync(string runId, CancellationToken cancellation) =>
        runs.IsUnderWayAsync(runId, cancellation);

    /// <summary>Continues the runs that an earlier server left unfinished.</summary>
    public async Task ContinueUnfinishedAsync()
    {
        foreach (var run in await runs.ListUnfinishedAsync(_stop))
        {
            output.Line($"run {run.Id} started");
            log.RunContinued(run.Id);
            await StartAsync(run, _stop);
        }
    }

    /// <summary>Waits until every run has ended or, after a stop, has saved its work.</summary>
    public Task WhenAllStoppedAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_queued.Values.Select(run => run.Work));
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task ExecuteAsync(string id)
    {
        try
        {
            do
            {
                await RunWithRetriesAsync(id);
            }
            while (MustLookAgain(id));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The next server continues the run.
        }
    }

    /// <summary>Drops a run, unless it was started again since the queue last read its status.</summary>
    private bool MustLookAgain(string id)
    {
        lock (_gate)
        {
            if (_queued[id].StartedAgain)
            {
                _queued[id].StartedAgain = false;
                return true;
            }

            _queued.Remove(id);
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
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception e) when (StorageFailure.Is(e))
            {
                // The run can continue later.
                output.Line($"run {id} waits {RetryInterval.TotalSeconds:0} s: {StorageFailure.Describe(e)}");
                log.RunWaits(id, RetryInterval.TotalSeconds, e);
            }
            catch (Exception e)
            {
                output.Line($"run {id} ended unexpectedly: {e.Message}");
                log.RunBroke(id, e);
                return;
            }

            await Task.Delay(RetryInterval, time, _stop);
        }
    }

    private async Task RunInTurnAsync(string id)
    {
        if (await runs.FindAsync(id, _stop) is not { IsFinished: false })
        {
            return;
        }

        // Wait for a run that another process executes before taking a turn, so that it does not delay the other runs.
        await runs.WaitUntilFreeAsync(id, _stop);
        await _turn.WaitAsync(_stop);
        try
        {
            // It may have been cancelled, or even deleted, while it waited.
            if (await runs.FindAsync(id, _stop) is { IsFinished: false } run)
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
        var progress = new ActionProgress<WorkflowProgress>(change => output.Line($"run {run.Id}: {StageText.Of(change)}"));
        var outcome = await runs.ExecuteAsync(run, progress, _stop);

        // Preparing data and writing a report leave the data set behind, twice; the runtime would keep that memory for long.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var result = outcome.Winner is null ? outcome.Error ?? "cancelled" : $"winner {outcome.Winner}";
        output.Line($"run {run.Id} ended: {result}");
    }
}
