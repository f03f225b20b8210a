namespace ServerlessFashion.Functions.Durable;

/// <summary>A worker ended a step because its time was up; another attempt would take as long.</summary>
public sealed class StepTimedOutException(string message) : Exception(message);
