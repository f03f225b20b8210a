using System.Text.Json;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Cli.Local.Trainings;

/// <summary>One line on the standard output of a training process. Exactly one field is set.</summary>
/// <param name="Notice">What the step waits for, or what it found, such as a damaged checkpoint.</param>
internal sealed record StepMessage(TrainingProgress? Progress, JsonElement? Result, StepError? Error, string? Notice = null);

/// <param name="Permanent">True if another attempt cannot succeed.</param>
/// <param name="Outage">Why the storage account could not be used; null for another failure.</param>
internal sealed record StepError(string Message, bool Permanent, StorageFailureKind? Outage = null);
