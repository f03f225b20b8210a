using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>Where runs are carried out: in this process, in the queue of <c>fashion serve</c>, or as durable orchestrations.</summary>
public interface IComparisonHost
{
    /// <summary>
    /// Sees to it that a stored run that has not ended is carried out. A run that is under way is left alone; but the host looks
    /// at the run's status at least once after this call, so that a run that was resumed just before is not forgotten.
    /// </summary>
    Task StartAsync(RunRecord run, CancellationToken cancellation);

    /// <summary>True while a process works on the run, or will soon without being asked again.</summary>
    Task<bool> IsUnderWayAsync(string runId, CancellationToken cancellation);
}
