using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Api;

/// <summary>A page of a list as clients get it; <paramref name="Continuation"/> asks for the next one and is null at the end.</summary>
internal sealed record ListDocument<T>(IReadOnlyList<T> Items, string? Continuation);

/// <summary>The query parameters <c>top</c> and <c>continuation</c> of lists.</summary>
/// <param name="Continuation">As <see cref="ListAsync"/>'s source gave it; null for the first page.</param>
internal sealed record Paging(int Top, string? Continuation)
{
    private const string TopName = "top";
    private const string ContinuationName = "continuation";

    /// <exception cref="InvalidInputException">A parameter cannot be used.</exception>
    public static Paging Read(HttpRequest request, int defaultTop, int most) =>
        new(QueryText.WholeNumber(request, TopName, 1, most) ?? defaultTop, Decode(QueryText.Find(request, ContinuationName)));

    /// <summary>Our continuation of a table of storage: two keys. Anything else was not given out by us.</summary>
    public void RequireTableContinuation()
    {
        if (Continuation is not null && Continuation.Split(' ') is not [{ Length: > 0 }, { Length: > 0 }])
        {
            throw Unknown();
        }
    }

    public static ListDocument<TDocument> Document<TItem, TDocument>(Page<TItem> page, Func<TItem, TDocument> render) =>
        new([.. page.Items.Select(render)], page.Continuation is null ? null : Encode(page.Continuation));

    public static string Encode(string continuation) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(continuation));

    public static InvalidInputException Unknown() => new($"{ContinuationName}: expected the value that the page before gave, found another.");

    private static string? Decode(string? text)
    {
        try
        {
            return text is null ? null : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(WebEncoders.Base64UrlDecode(text));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Unknown();
        }
    }
}
