using Microsoft.AspNetCore.Http;

namespace ServerlessFashion.Api;

/// <summary>
/// The <c>Idempotency-Key</c> header (IETF draft-ietf-httpapi-idempotency-key-header): a string in quotes as the draft has
/// it, or bare as most clients send it.
/// </summary>
internal static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>The key; null where the request has none.</summary>
    /// <exception cref="InvalidInputException">The header cannot be used.</exception>
    public static string? Find(HttpRequest request)
    {
        if (request.Headers[Header] is not { Count: > 0 } values)
        {
            return null;
        }

        var text = values is [var only] ? only!.Trim() : throw new InvalidInputException($"{Header}: expected one key, found several.");
        var key = text is ['"', .. var inner, '"'] ? inner : text;
        return key.Length is >= 1 and <= Longest && key.All(character => character is >= ' ' and <= '~' and not '"' and not '\\')
            ? key
            : throw new InvalidInputException($"{Header}: expected 1 to {Longest} printable ASCII characters without quotes and backslashes, found '{text}'.");
    }
}
