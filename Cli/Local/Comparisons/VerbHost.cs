using ServerlessFashion.Application;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Local.Comparisons;

/// <summary>The host of a verb. <c>compare</c> executes the stored run itself; other verbs start none.</summary>
internal sealed class VerbHost(RunBlobs blobs) : IComparisonHost
{
    public Task StartAsync(RunRecord run, CancellationToken cancellation) => Task.CompletedTask;

    public Task<bool> IsUnderWayAsync(string runId, CancellationToken cancellation) =>
        blobs.AreLockedAsync(runId, cancellation);
}
