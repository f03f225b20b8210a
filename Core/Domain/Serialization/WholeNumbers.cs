using System.Buffers;
using System.Text.Json;

namespace ServerlessFashion.Serialization;

/// <summary>
/// Whole numbers in JSON, written without a fraction. In JSON Schema, <c>12.0</c> and <c>1.2e1</c> are integers (draft 2020-12, validation,
/// 6.1.1), but the serializer reads integers only without a point and an exponent.
/// </summary>
public static class WholeNumbers
{
    /// <summary>The largest number below which a double holds every whole number.</summary>
    private const double Most = 1L << 53;

    /// <summary>The same document, in which each whole number has the form <c>12</c>.</summary>
    public static JsonElement Of(JsonElement json)
    {
        if (!HasAny(json))
        {
            return json;
        }

        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            Write(json, writer);
        }

        using var document = JsonDocument.Parse(text.WrittenMemory, new JsonDocumentOptions { AllowDuplicateProperties = true });
        return document.RootElement.Clone();
    }

    private static bool HasAny(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().Any(field => HasAny(field.Value)),
        JsonValueKind.Array => json.EnumerateArray().Any(HasAny),
        _ => Find(json) is not null,
    };

    private static void Write(JsonElement json, Utf8JsonWriter writer)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in json.EnumerateObject())
                {
                    writer.WritePropertyName(field.Name);
                    Write(field.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                if (Find(json) is { } number)
                {
                    writer.WriteNumberValue(number);
                }
                else
                {
                    json.WriteTo(writer);
                }

                break;
        }
    }

    /// <summary>A whole number that is written with a point or an exponent; null for everything else.</summary>
    private static long? Find(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && !json.TryGetInt64(out _) && json.TryGetDouble(out var number)
            && Math.Abs(number) < Most && number == Math.Truncate(number)
            ? (long)number
            : null;
}
