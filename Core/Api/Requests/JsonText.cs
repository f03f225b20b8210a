using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Api.Requests;

/// <summary>
/// Reads bodies of JSON. The sentences are this program's own, because those of the framework speak of its reader. A byte order mark, which
/// some editors write, is skipped (RFC 8259, section 8.1).
/// </summary>
internal static class JsonText
{
    private const int MaxDepth = 8;

    /// <summary>How a body is read token by token.</summary>
    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    private static ReadOnlySpan<byte> Mark => "\ufeff"u8;

    /// <summary>The JSON in <paramref name="body"/>. A whole number such as 12.0 has the form 12.</summary>
    /// <exception cref="ProblemException">
    /// 400: it is not JSON, names a field twice, nests too deep or has text that is not Unicode.
    /// </exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        var text = WithoutMark(body);
        Require(text.Span);
        using var document = JsonDocument.Parse(text, Options);
        return FindRepeated(document.RootElement) is { } field
            ? throw Problem($"body: not usable as JSON: the field '{field}' is given twice.")
            : WholeNumbers.Of(document.RootElement).Clone();
    }

    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(Mark) ? body[Mark.Length..] : body;

    /// <summary>Checks that <paramref name="text"/> is JSON, and takes no memory for its values.</summary>
    /// <exception cref="ProblemException">400: it is not JSON, nests too deep or has text that is not Unicode.</exception>
    public static void Require(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, ReaderOptions);
        try
        {
            while (reader.Read())
            {
                RequireUnicode(reader);
            }
        }
        catch (JsonException e)
        {
            // At an opening bracket the reader gives the depth outside of it.
            var depth = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);
            throw NotUsable(text, e, isTooDeep: depth >= MaxDepth && Rest(text, e) is [(byte)'{' or (byte)'[', ..]);
        }
    }

    /// <summary>A document takes any bytes and lone surrogates for text, and fails when somebody asks for it.</summary>
    private static void RequireUnicode(Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return;
        }

        try
        {
            reader.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw Problem(string.Create(
                CultureInfo.InvariantCulture, $"body: the text at byte {reader.TokenStartIndex + 1} is not Unicode."), e);
        }
    }

    private static ProblemException NotUsable(ReadOnlySpan<byte> text, JsonException e, bool isTooDeep)
    {
        var line = (e.LineNumber ?? 0) + 1;
        var position = (e.BytePositionInLine ?? 0) + 1;
        var reason = isTooDeep ? $"it nests more than {MaxDepth} levels deep"
            : Rest(text, e) is not { IsEmpty: false } rest ? "it ends too early"
            : $"{FirstOf(rest)} cannot stand here";
        return Problem(
            string.Create(CultureInfo.InvariantCulture, $"body: not usable as JSON at line {line}, byte {position}: {reason}."), e);
    }

    /// <summary>The text from the place of an error.</summary>
    private static ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> text, JsonException e)
    {
        var rest = text;
        for (var line = 0L; line < (e.LineNumber ?? 0); line++)
        {
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        }

        return rest[(int)Math.Min(e.BytePositionInLine ?? 0, rest.Length)..];
    }

    private static string FirstOf(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out var first, out _);
        return Rune.IsControl(first) ? string.Create(CultureInfo.InvariantCulture, $"U+{first.Value:X4}") : $"'{first}'";
    }

    private static string? FindRepeated(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object =>
            value.EnumerateObject().GroupBy(field => field.Name).FirstOrDefault(fields => fields.Skip(1).Any())?.Key
            ?? value.EnumerateObject().Select(field => FindRepeated(field.Value)).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => value.EnumerateArray().Select(FindRepeated).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static ProblemException Problem(string detail, Exception? cause = null) => cause is null
        ? new ProblemException(StatusCodes.Status400BadRequest, detail)
        : new ProblemException(StatusCodes.Status400BadRequest, detail, cause);
}
