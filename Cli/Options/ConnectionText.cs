namespace ServerlessFashion.Cli.Options;

/// <summary>The options of this command that its follow-up commands must repeat, because they name the storage or the server.</summary>
/// <param name="Text">Begins with a space; empty if there are none. It contains no key.</param>
internal sealed record ConnectionText(string Text)
{
    /// <summary>The address of the server that the command uses; null for a storage account.</summary>
    public string? Server { get; init; }

    /// <param name="storage">The storage account that the options name; null if they name none.</param>
    /// <param name="server">The address of the server that the options name; null if they name none.</param>
    public static ConnectionText Of(string? storage, string? server) => new(
        server is not null ? $" --server {server}" : storage is not null ? " --storage ..." : "");
}
