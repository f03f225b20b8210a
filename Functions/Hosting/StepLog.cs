using Microsoft.Extensions.Logging;

namespace ServerlessFashion.Functions.Hosting;

/// <summary>Writes the notes of a step to the log.</summary>
internal sealed partial class StepLog(ILogger<StepLog> log) : IProgress<string>
{
    public void Report(string value) => Note(value);

    [LoggerMessage(1, LogLevel.Information, "{Note}")]
    private partial void Note(string note);
}
