using System.Collections.Concurrent;
using ServerlessFashion.Application;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Tests;

/// <summary>A host that only remembers what it was asked to start.</summary>
internal sealed class RecordingHost : IComparisonHost
{
    public ConcurrentQueue<RunRecord> Started { get; } = new();

    public Exception? Failure { get; set; }

    /// <summary>What it says of every run.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>What happens while it looks whether a run is under way.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    public Task StartAsync(RunRecord run, CancellationToken cancellation)
    {
        Started.Enqueue(run);
        return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
    }

    public async Task<bool> IsUnderWayAsync(string runId, CancellationToken cancellation)
    {
        await Meanwhile();
        return IsUnderWay;
    }
}
