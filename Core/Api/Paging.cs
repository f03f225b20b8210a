using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using ServerlessFashion.Api.Documents;

namespace ServerlessFashion.Api;

/// <summary>The query parameters <c>top</c> and <c>continuation</c> of lists.</summary>
internal static class Paging
{
    public const int DefaultTop = 20;
    public const int MaxTop = 100;
    public const string TopDescription = "Most items of the page.";
    public const string ContinuationDescription = "The value that the page before gave.";

    public static ListDocument<TDocument> Document<TItem, TDocument>(Page<TItem> page, Func<TItem, TDocument> render) =>
        new([.. page.Items.Select(render)], page.Continuation is null ? null : Encode(page.Continuation));

    public static string Encode(string continuation) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(continuation));

    /// <summary>What <see cref="Encode"/> was given; null for null.</summary>
    /// <exception cref="InvalidInputException"><see cref="Encode"/> never gave this value.</exception>
    public static string? Decode(string? continuation)
    {
        try
        {
            return continuation is null
                ? null
                : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(WebEncoders.Base64UrlDecode(continuation));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw UnknownContinuation();
        }
    }

    /// <summary>The continuation of a table of storage: two keys.</summary>
    /// <exception cref="InvalidInputException">It is another value.</exception>
    public static string? DecodeTableContinuation(string? continuation) =>
        Decode(continuation) is not { } keys ? null
        : keys.Split(' ') is [{ Length: > 0 }, { Length: > 0 }] ? keys
        : throw UnknownContinuation();

    public static InvalidInputException UnknownContinuation() =>
        new("continuation: expected the value that the page before gave, found another.");
}
