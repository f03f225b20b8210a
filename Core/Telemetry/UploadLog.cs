using Microsoft.Extensions.Logging;

namespace ServerlessFashion.Telemetry;

/// <summary>Log records of uploads: event ids 200 to 299.</summary>
public static partial class UploadLog
{
    [LoggerMessage(201, LogLevel.Information, "Upload {Name}: predicted by {Model}, images: {Count}")]
    public static partial void UploadPredicted(this ILogger log, string name, long? count, string? model);

    [LoggerMessage(202, LogLevel.Error, "Upload {Name} failed: {Reason}")]
    public static partial void UploadFailed(this ILogger log, string name, string? reason);

    [LoggerMessage(203, LogLevel.Debug, "Upload {Name}: attempt {Attempt} to predict it begins")]
    public static partial void UploadBegan(this ILogger log, string name, int attempt);

    [LoggerMessage(204, LogLevel.Information, "Upload {Name} was replaced or deleted before it was predicted")]
    public static partial void UploadReplaced(this ILogger log, string name);

    [LoggerMessage(205, LogLevel.Warning, "Upload {Name} cannot be predicted now; trying again")]
    public static partial void UploadWaits(this ILogger log, string name, Exception exception);

    [LoggerMessage(206, LogLevel.Warning, "The uploads cannot be listed; trying again")]
    public static partial void UploadsUnlisted(this ILogger log, Exception exception);

    [LoggerMessage(207, LogLevel.Debug, "Model {Model} loaded after {Seconds:0.00} s")]
    public static partial void ModelLoaded(this ILogger log, string model, double seconds);
}
