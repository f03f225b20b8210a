using Microsoft.Extensions.Logging;

namespace ServerlessFashion.Functions.Incoming;

/// <summary>
/// Logs messages in a poison queue that name no upload. The log is their only trace. A function that throws here would receive the
/// message again and again, because a poison queue has no poison queue.
/// </summary>
public sealed partial class PoisonLog(ILogger<PoisonLog> log)
{
    [LoggerMessage(200, LogLevel.Error, "A message that names no upload is dropped: {Reason}")]
    public partial void Drop(string reason);
}
