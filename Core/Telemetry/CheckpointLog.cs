using Microsoft.Extensions.Logging;

namespace ServerlessFashion.Telemetry;

/// <summary>Log records of a training's checkpoints and lock: event ids 110 to 119.</summary>
public static partial class CheckpointLog
{
    [LoggerMessage(110, LogLevel.Error, "{Model} seed {Seed}: {Fault}; continuing from the newest whole checkpoint")]
    public static partial void CheckpointFault(this ILogger log, string model, int seed, string fault);

    [LoggerMessage(111, LogLevel.Warning, "{Model} seed {Seed}: the lock of the training was lost; the next slice continues it")]
    public static partial void SliceLost(this ILogger log, string model, int seed);
}
