namespace ServerlessFashion.Cli.Local;

/// <summary>Asks a command to stop in good order.</summary>
/// <param name="Token">Cancelled by Ctrl-C or SIGTERM.</param>
internal sealed record Interruption(CancellationToken Token);
