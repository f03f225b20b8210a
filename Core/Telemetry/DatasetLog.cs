using Microsoft.Extensions.Logging;

namespace ServerlessFashion.Telemetry;

/// <summary>Log records of data sets: event ids 400 to 499.</summary>
public static partial class DatasetLog
{
    [LoggerMessage(400, LogLevel.Warning, "Mirror {Host} failed for {File}; trying the next one")]
    public static partial void MirrorFailed(this ILogger log, string host, string file, Exception exception);

    [LoggerMessage(401, LogLevel.Information, "Package {Package}: {Result}")]
    public static partial void PackageInstalled(this ILogger log, string package, string result);

    [LoggerMessage(402, LogLevel.Information, "Data set {Name} is registered, train images: {Train}, test images: {Test}")]
    public static partial void DatasetRegistered(this ILogger log, string name, int train, int test);

    [LoggerMessage(403, LogLevel.Information, "Data set {Name} is removed")]
    public static partial void DatasetRemoved(this ILogger log, string name);

    [LoggerMessage(404, LogLevel.Warning, "The source of data set {Name} cannot be used: {Reason}")]
    public static partial void SourceRefused(this ILogger log, string name, string reason);

    [LoggerMessage(405, LogLevel.Warning, "The source of data set {Name} is imported again soon")]
    public static partial void SourceWaits(this ILogger log, string name, Exception exception);

    [LoggerMessage(406, LogLevel.Warning, "Sources of data sets cannot be listed")]
    public static partial void SourcesUnlisted(this ILogger log, Exception exception);
}
