namespace ServerlessFashion.Storage;

/// <summary>
/// Describes connection strings that the storage client refuses. No description repeats a part of one, which may be a key.
/// </summary>
internal static class ConnectionStrings
{
    private const string Key = "AccountKey=";

    private const string Expected =
        "expected DefaultEndpointsProtocol=https;AccountName=NAME;AccountKey=KEY;EndpointSuffix=core.windows.net, or "
        + "UseDevelopmentStorage=true";

    /// <summary>One sentence without its setting.</summary>
    /// <param name="text">A connection string that cannot be used.</param>
    public static string Problem(string text)
    {
        string[] parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var key = parts.FirstOrDefault(part => part.StartsWith(Key, StringComparison.OrdinalIgnoreCase))?[Key.Length..];
        return key switch
        {
            not null when !IsBase64(key) =>
                "the connection string cannot be read: its AccountKey is not Base64; copy the whole key again.",
            _ when parts.FirstOrDefault(part => !part.Contains('=', StringComparison.Ordinal)) is not null =>
                $"the connection string cannot be read: a part of it is no NAME=VALUE; {Expected}.",
            _ => $"the connection string cannot be read: it does not name an account and its key; {Expected}.",
        };
    }

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out _);
}
