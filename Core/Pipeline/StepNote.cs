namespace ServerlessFashion.Pipeline;

/// <summary>One line about the progress of a step, such as the state of a download.</summary>
public sealed record StepNote(string RunId, string Text);
