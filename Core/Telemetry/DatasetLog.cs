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
}
