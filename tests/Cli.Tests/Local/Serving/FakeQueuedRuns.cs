using Azure;
using ServerlessFashion.Cli.Local.Serving;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Local.Serving;

/// <summary>Runs in memory whose execution the test decides.</summary>
internal sealed class FakeQueuedRuns : IQueuedRuns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunRecord> _records = [];
    private readonly List<string> _executed = [];

    /// <summary>What a run does; the default completes it.</summary>
    public Func<RunRecord, CancellationToken, Task<ComparisonOutcome>> Execute { get; set; } =
        (_, _) => Task.FromResult(new ComparisonOutcome(RunStatus.Completed, "model1", null, []));

    public Action WhileWaiting { get; set; } = () => { };

    public Action AfterFailure { get; set; } = () => { };

    public IReadOnlyList<string> Executed
    {
        get
        {
            lock (_gate)
            {
                return [.. _executed];
            }
        }
    }

    public RunRecord Add(string id)
    {
        lock (_gate)
        {
            return _records[id] =
                new RunRecord { Id = id, Status = RunStatus.Pending, CreatedAt = default, Preset = "smoke", Models = ["model1"] };
        }
    }

    public void Set(string id, RunStatus status)
    {
        lock (_gate)
        {
            _records[id] = _records[id] with { Status = status };
        }
    }

    public void Delete(string id)
    {
        lock (_gate)
        {
            _records.Remove(id);
        }
    }

    public RunStatus StatusOf(string id)
    {
        lock (_gate)
        {
            return _records[id].Status;
        }
    }

    public Task<IReadOnlyList<RunRecord>> ListUnfinishedAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<RunRecord>>([.. _records.Values.Where(run => !run.IsFinished)]);
        }
    }

    public Task<RunRecord?> FindAsync(string id, CancellationToken stop)
    {
        lock (_gate)
        {
            return Task.FromResult(_records.GetValueOrDefault(id));
        }
    }

    public Task WaitUntilFreeAsync(string id, CancellationToken stop)
    {
        WhileWaiting();
        return Task.CompletedTask;
    }

    public Task<bool> IsUnderWayAsync(string id, CancellationToken cancellation) => Task.FromResult(false);

    public async Task<ComparisonOutcome> ExecuteAsync(RunRecord run, IProgress<WorkflowProgress> progress, CancellationToken stop)
    {
        lock (_gate)
        {
            _executed.Add(run.Id);
        }

        try
        {
            var outcome = await Execute(run, stop);
            Set(run.Id, outcome.Status);
            return outcome;
        }
        catch (RequestFailedException)
        {
            AfterFailure();
            throw;
        }
    }
}
