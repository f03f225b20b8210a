using Microsoft.Extensions.Logging;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Telemetry;

/// <summary>Log records of runs and steps: event ids 1 to 99.</summary>
public static partial class PipelineLog
{
    [LoggerMessage(10, LogLevel.Information, "Run {RunId} is {Status}")]
    public static partial void StatusChanged(this ILogger log, string runId, RunStatus status);

    [LoggerMessage(11, LogLevel.Error, "Run {RunId} failed: {Reason}")]
    public static partial void RunFailed(this ILogger log, string runId, string? reason);

    [LoggerMessage(12, LogLevel.Warning, "Step {Step} failed in attempt {Attempt} of {Attempts}")]
    public static partial void AttemptFailed(this ILogger log, string step, int attempt, int attempts, Exception exception);
}
