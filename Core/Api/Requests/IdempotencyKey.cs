namespace ServerlessFashion.Api.Requests;

/// <summary>
/// The <c>Idempotency-Key</c> header (IETF draft-ietf-httpapi-idempotency-key-header): a string in quotes as in the draft, or without
/// quotes as most clients send it.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 255;

    /// <summary>The key in the value of the header; null for null.</summary>
    /// <exception cref="InvalidInputException">The value cannot be used.</exception>
    public static string? Parse(string? value)
    {
        if (value is null)
        {
            return null;
        }

        var text = value.Trim();
        var key = text is ['"', .. var inner, '"'] ? inner : text;
        return key.Length is >= 1 and <= MaxLength && key.All(character => character is >= ' ' and <= '~' and not '"' and not '\\')
            ? key
            : throw new InvalidInputException(
                $"{Header}: expected 1 to {MaxLength} printable ASCII characters without quotes and backslashes, found '{text}'.");
    }
}
