using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>Executes runs: in this process, in the queue of <c>fashion serve</c>, or as durable orchestrations.</summary>
public interface IComparisonHost
{
    /// <summary>
    /// Makes sure that a stored run that has not ended is executed. A run that is already executing is not disturbed. The host
    /// reads the run's status at least once after this call, so it does not miss a run that was resumed just before.
    /// </summary>
    Task StartAsync(RunRecord run, CancellationToken cancellation);

    /// <summary>True while a process works on the run, or will soon do so without another request.</summary>
    Task<bool> IsUnderWayAsync(string runId, CancellationToken cancellation);
}
