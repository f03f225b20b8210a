using Microsoft.Extensions.Logging;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Telemetry;

/// <summary>Log records of runs and steps: event ids 1 to 99.</summary>
public static partial class PipelineLog
{
    [LoggerMessage(1, LogLevel.Information, "Run {RunId}: {Note}")]
    public static partial void StepNoted(this ILogger log, string runId, string note);

    [LoggerMessage(10, LogLevel.Information, "Run {RunId} is {Status}")]
    public static partial void StatusChanged(this ILogger log, string runId, RunStatus status);

    [LoggerMessage(11, LogLevel.Error, "Run {RunId} failed: {Reason}")]
    public static partial void RunFailed(this ILogger log, string runId, string? reason);

    [LoggerMessage(12, LogLevel.Warning, "Step {Step} failed in attempt {Attempt} of {Attempts}")]
    public static partial void AttemptFailed(this ILogger log, string step, int attempt, int attempts, Exception exception);

    [LoggerMessage(13, LogLevel.Debug, "Step {Step} begins: {Subject}")]
    public static partial void StepBegan(this ILogger log, string step, string subject);

    [LoggerMessage(14, LogLevel.Information, "Step {Step} ended after {Seconds:0.0} s: {Subject}")]
    public static partial void StepEnded(this ILogger log, string step, string subject, double seconds);

    [LoggerMessage(15, LogLevel.Warning, "Step {Step} failed after {Seconds:0.0} s: {Subject}")]
    public static partial void StepFailed(this ILogger log, string step, string subject, double seconds, Exception exception);

    [LoggerMessage(16, LogLevel.Information, "Step {Step} was stopped after {Seconds:0.0} s: {Subject}")]
    public static partial void StepStopped(this ILogger log, string step, string subject, double seconds);

    [LoggerMessage(17, LogLevel.Information, "Step {Step} is tried again in {Seconds:0} s")]
    public static partial void AttemptWaits(this ILogger log, string step, double seconds);

    [LoggerMessage(18, LogLevel.Error, "Step {Step} has failed for good: {Reason}")]
    public static partial void StepGivenUp(this ILogger log, string step, string reason);

    [LoggerMessage(21, LogLevel.Debug, "Step {Step} waits until another training ends")]
    public static partial void StepWaits(this ILogger log, string step);

    [LoggerMessage(22, LogLevel.Debug, "Step {Step} continues after {Seconds:0.0} s of waiting")]
    public static partial void StepGoesOn(this ILogger log, string step, double seconds);

    [LoggerMessage(23, LogLevel.Information, "Run {RunId} is to stop; its trainings stop after the batch at hand")]
    public static partial void CancelSeen(this ILogger log, string runId);

    [LoggerMessage(24, LogLevel.Warning, "The cancel flag of run {RunId} cannot be read; trying again in {Seconds:0} s")]
    public static partial void CancelFlagUnread(this ILogger log, string runId, double seconds, Exception exception);

    [LoggerMessage(30, LogLevel.Information, "Run {RunId} was left unfinished; continuing it")]
    public static partial void RunContinued(this ILogger log, string runId);

    [LoggerMessage(31, LogLevel.Warning, "Run {RunId} cannot go on now; trying again in {Seconds:0} s")]
    public static partial void RunWaits(this ILogger log, string runId, double seconds, Exception exception);

    [LoggerMessage(33, LogLevel.Warning, "The lock of run {RunId} was lost; waiting for it")]
    public static partial void RunLockLost(this ILogger log, string runId);

    [LoggerMessage(32, LogLevel.Error, "Run {RunId} ended unexpectedly")]
    public static partial void RunBroke(this ILogger log, string runId, Exception exception);
}
