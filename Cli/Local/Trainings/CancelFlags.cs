using Microsoft.Extensions.Logging;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Local.Trainings;

/// <summary>The cancel flags of runs. Tests replace it.</summary>
internal interface ICancelFlags
{
    /// <summary>Watches the flag of a run until it is disposed.</summary>
    /// <param name="also">Counts as the flag too.</param>
    ICancelFlag Watch(string runId, CancellationToken also);
}

/// <summary>One run's cancel flag.</summary>
internal interface ICancelFlag : IAsyncDisposable
{
    /// <summary>Cancelled when the flag is set.</summary>
    CancellationToken Requested { get; }
}

/// <summary>Reads the flags from storage.</summary>
internal sealed class CancelFlags(RunStore runs, TimeProvider time, ILogger<CancelFlags> log) : ICancelFlags
{
    /// <inheritdoc/>
    public ICancelFlag Watch(string runId, CancellationToken also) => new Flag(CancelWatch.Start(runs, runId, time, also, log));

    private sealed class Flag(CancelWatch watch) : ICancelFlag
    {
        public CancellationToken Requested => watch.Requested;

        public ValueTask DisposeAsync() => watch.DisposeAsync();
    }
}
