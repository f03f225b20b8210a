using System.Text.Json;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Local.Trainings;

/// <summary>One line on the standard output of a training process. Exactly one field is set.</summary>
internal sealed record StepMessage(TrainingProgress? Progress, JsonElement? Result, StepError? Error);

/// <param name="Permanent">True if another attempt cannot succeed.</param>
internal sealed record StepError(string Message, bool Permanent);
