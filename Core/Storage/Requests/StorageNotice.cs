namespace ServerlessFashion.Storage.Requests;

/// <summary>One line that says what a process waits for: an account that does not answer, or a lock of another process.</summary>
public sealed record StorageNotice(string Text);
