namespace ServerlessFashion.Cli.Options;

/// <summary>The options of this command that its follow-up commands must repeat, because they name the storage or the server.</summary>
/// <param name="Text">Begins with a space; empty if there are none. It contains no key.</param>
internal sealed record ConnectionText(string Text)
{
    public static ConnectionText Of(string? storage) => new(storage is null ? "" : " --storage ...");
}
