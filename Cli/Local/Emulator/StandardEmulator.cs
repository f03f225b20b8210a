namespace ServerlessFashion.Cli.Local.Emulator;

/// <summary>The emulator on the standard ports, which somebody else has started.</summary>
internal static class StandardEmulator
{
    public const string ConnectionString = "UseDevelopmentStorage=true";

    private const string Remedy = "start Azurite there, or leave out the setting to use the emulator of this project folder";

    private static readonly Uri BlobEndpoint = new("http://127.0.0.1:10000/");
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);

    /// <summary>True for a text that names this emulator.</summary>
    public static bool Is(string? connection) =>
        string.Equals(connection?.Trim().TrimEnd(';'), ConnectionString, StringComparison.OrdinalIgnoreCase);

    /// <summary>Checks that it answers.</summary>
    /// <exception cref="InvalidInputException">Nothing, or something else, answers on its port.</exception>
    public static async Task CheckAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout };
        var found = await FindServerAsync(http, cancellation);
        if (found is null || !found.StartsWith("Azurite", StringComparison.Ordinal))
        {
            throw new InvalidInputException(
                $"storage: {ConnectionString} means the emulator on port {BlobEndpoint.Port}, and {Describe(found)}; {Remedy}.");
        }
    }

    private static string Describe(string? found) => found switch
    {
        null => "nothing listens there",
        "" => "what listens there does not answer as Azurite does",
        _ => $"'{found}' listens there",
    };

    /// <summary>The server's name; null if nothing listens, empty if it does not answer or has no name.</summary>
    private static async Task<string?> FindServerAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.GetAsync(BlobEndpoint, cancellation);
            return response.Headers.TryGetValues("Server", out var values) ? string.Join(' ', values) : "";
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError == HttpRequestError.ConnectionError ? null : "";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "";
        }
    }
}
