using System.Text.Json;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Local;

/// <summary>One line that a training process writes to its standard output; exactly one field is set.</summary>
internal sealed record StepMessage(TrainingProgress? Progress, JsonElement? Result, StepError? Error);

/// <param name="Permanent">Trying again cannot help.</param>
internal sealed record StepError(string Message, bool Permanent);
