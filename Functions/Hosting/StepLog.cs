using Microsoft.Extensions.Logging;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Functions.Hosting;

/// <summary>Writes the notes of a step to the log.</summary>
internal sealed class StepLog(ILogger<StepLog> log) : IProgress<StepNote>
{
    public void Report(StepNote value) => log.StepNoted(value.RunId, value.Text);
}
