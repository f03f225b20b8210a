using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Local.Serving;

/// <summary>The stored runs that a <see cref="RunQueue"/> executes. Tests replace it.</summary>
internal interface IQueuedRuns
{
    /// <summary>The runs that an earlier server left unfinished, oldest first.</summary>
    Task<IReadOnlyList<RunRecord>> ListUnfinishedAsync(CancellationToken stop);

    /// <summary>The run; null if it was deleted.</summary>
    Task<RunRecord?> FindAsync(string id, CancellationToken stop);

    /// <summary>Waits while another process executes the run.</summary>
    Task WaitUntilFreeAsync(string id, CancellationToken stop);

    /// <summary>Whether a process executes the run.</summary>
    Task<bool> IsUnderWayAsync(string id, CancellationToken cancellation);

    /// <summary>Executes the run to its end.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled, or another process has taken over the run.</exception>
    Task<ComparisonOutcome> ExecuteAsync(RunRecord run, IProgress<WorkflowProgress> progress, CancellationToken stop);
}
