using Microsoft.Extensions.Logging;

namespace ServerlessFashion.Telemetry;

/// <summary>Log records of locks and of writes that another process came before: event ids 300 to 399.</summary>
public static partial class StorageLog
{
    [LoggerMessage(300, LogLevel.Information, "Lock {Lock} is held by another process; waiting for {Seconds:0} s so far")]
    public static partial void LockWaits(this ILogger log, string @lock, double seconds);

    [LoggerMessage(301, LogLevel.Debug, "Lock {Lock} acquired after {Seconds:0.0} s")]
    public static partial void LockAcquired(this ILogger log, string @lock, double seconds);

    [LoggerMessage(302, LogLevel.Warning, "Lock {Lock} is lost: its lease could not be renewed in time")]
    public static partial void LockLost(this ILogger log, string @lock, Exception exception);

    [LoggerMessage(303, LogLevel.Debug, "Lock {Lock} released")]
    public static partial void LockReleased(this ILogger log, string @lock);

    [LoggerMessage(304, LogLevel.Warning, "Lock {Lock} could not be released; its lease expires within {Seconds} s")]
    public static partial void LockNotReleased(this ILogger log, string @lock, int seconds, Exception exception);

    [LoggerMessage(305, LogLevel.Warning, "Waiting for storage at {Target} for {Seconds:0} s: {Reason}")]
    public static partial void StorageWaits(this ILogger log, string target, double seconds, string reason);

    [LoggerMessage(306, LogLevel.Information, "Storage at {Target} answers again after {Seconds:0} s")]
    public static partial void StorageAnswers(this ILogger log, string target, double seconds);

    [LoggerMessage(310, LogLevel.Debug, "Run {RunId} was changed by another writer; reading it again")]
    public static partial void RunChangedMeanwhile(this ILogger log, string runId);

    [LoggerMessage(311, LogLevel.Debug, "Another model was promoted before {Model}; trying again")]
    public static partial void PromotedMeanwhile(this ILogger log, string model);

    [LoggerMessage(312, LogLevel.Debug, "Another version of upload {Name} wrote its results first; checking which is current")]
    public static partial void ResultWrittenMeanwhile(this ILogger log, string name);
}
