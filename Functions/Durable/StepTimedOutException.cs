namespace ServerlessFashion.Functions.Durable;

/// <summary>A worker ended a step at its time limit. Another attempt would take as long.</summary>
public sealed class StepTimedOutException(string message) : Exception(message);
