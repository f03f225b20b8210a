namespace ServerlessFashion.Client.Requests;

/// <summary>One line that says what a client waits for: a server that is slow, away or busy.</summary>
public sealed record ServerNotice(string Text);
