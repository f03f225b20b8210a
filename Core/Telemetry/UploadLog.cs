using Microsoft.Extensions.Logging;

namespace ServerlessFashion.Telemetry;

/// <summary>Log records of uploads: event ids 200 to 299.</summary>
public static partial class UploadLog
{
    [LoggerMessage(201, LogLevel.Information, "Upload {Name}: {Count} images predicted by {Model}")]
    public static partial void UploadPredicted(this ILogger log, string name, long? count, string? model);

    [LoggerMessage(202, LogLevel.Error, "Upload {Name} failed: {Reason}")]
    public static partial void UploadFailed(this ILogger log, string name, string? reason);
}
