using ServerlessFashion.Client.Documents;

namespace ServerlessFashion.Client.Requests;

/// <summary>Reads lists, which arrive in pages.</summary>
internal static class ServerPages
{
    /// <summary>The items of one page after the other, until the last one or until the caller has enough.</summary>
    /// <param name="path">With its query, which gets the parameter <c>continuation</c>.</param>
    public static async Task<List<T>> ReadAllAsync<T>(this ServerConnection server, string path, CancellationToken cancellation)
    {
        var items = new List<T>();
        string? continuation = null;
        do
        {
            var page = await server.GetPageAsync<T>(path, continuation, cancellation);
            items.AddRange(page.Items);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return items;
    }

    /// <summary>One page.</summary>
    /// <param name="continuation">That of the page before; null for the first page.</param>
    /// <exception cref="ServerException">The page leads to itself, so that the list would have no end.</exception>
    public static async Task<ListDocument<T>> GetPageAsync<T>(
        this ServerConnection server, string path, string? continuation, CancellationToken cancellation)
    {
        var next = continuation is null ? "" : $"&continuation={Uri.EscapeDataString(continuation)}";
        var page = await server.GetAsync<ListDocument<T>>(path + next, cancellation);
        return continuation is null || page.Continuation != continuation
            ? page
            : throw server.NotUnderstood(path.Split('?')[0], innerException: null);
    }
}
