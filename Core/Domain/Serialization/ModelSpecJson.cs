using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessFashion.Models;

namespace ServerlessFashion.Serialization;

/// <summary>
/// A <see cref="ModelSpec"/> as JSON: layers and heads carry their kind, every field that decides a number is written, and what is
/// written reads back to an equal spec. A field or a kind that nothing knows is an error, since a run that ignored it would train
/// another network than the stored one.
/// </summary>
internal sealed class ModelSpecJson : JsonConverter<ModelSpec>
{
    private const string KindField = "kind";

    private readonly JsonSerializerOptions _strict;

    /// <param name="dialect">Names and enums as everywhere else.</param>
    public ModelSpecJson(JsonSerializerOptions dialect)
    {
        _strict = new JsonSerializerOptions(dialect)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true,
            // What a layer, a head or a spec derives from its fields.
            IgnoreReadOnlyProperties = true,
        };
    }

    /// <exception cref="InvalidInputException">Not a model spec; the message names the model, the layer and the field.</exception>
    public override ModelSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var json = document.RootElement;
        RequireKnownKinds(json, "layers");
        RequireKnownKinds(json, "wideLayers");
        RequireKnownKind<Head>(json, Member(json, "head"), "the head");
        try
        {
            return json.Deserialize<ModelSpec>(_strict)!;
        }
        catch (JsonException error)
        {
            throw new InvalidInputException($"{Model(json)}: {Place(json, error.Path ?? "$")}: {Reason(error)}", error);
        }
    }

    public override void Write(Utf8JsonWriter writer, ModelSpec value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, _strict);

    private static void RequireKnownKinds(JsonElement json, string field)
    {
        if (Member(json, field) is not { ValueKind: JsonValueKind.Array } layers)
        {
            return;
        }

        foreach (var (index, layer) in layers.EnumerateArray().Index())
        {
            RequireKnownKind<Layer>(json, layer, LayerText(field, index));
        }
    }

    private static void RequireKnownKind<T>(JsonElement json, JsonElement? element, string place)
    {
        if (element is not { } given)
        {
            return;
        }

        var known = typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>()
            .Select(kind => (string)kind.TypeDiscriminator!).Order().ToArray();
        var kind = Kind(given);
        if (kind is null || !known.Contains(kind))
        {
            throw new InvalidInputException(
                $"{Model(json)}: {place}: {(kind is null ? "the kind is missing" : $"'{kind}' is not a kind")}; "
                + $"the kinds are {string.Join(", ", known)}.");
        }
    }

    /// <summary>The layer or the field that a JSON path such as <c>$.layers[2].rate</c> leads to, in words.</summary>
    private static string Place(JsonElement json, string path)
    {
        foreach (var field in new[] { "layers", "wideLayers" })
        {
            var start = $"$.{field}[";
            if (path.StartsWith(start, StringComparison.Ordinal))
            {
                var index = int.Parse(path.AsSpan(start.Length, path.IndexOf(']') - start.Length), CultureInfo.InvariantCulture);
                return $"{LayerText(field, index)} ({Kind(Member(json, field)!.Value[index])})";
            }
        }

        return path == "$" ? "the spec" : path[2..];
    }

    /// <summary>What the serializer says, without its path and the names of types.</summary>
    private static string Reason(JsonException error)
    {
        const string Missing = "including: ";
        var text = error.Message.Split(" Path: ")[0];
        var field = error.Path?[(error.Path.LastIndexOf('.') + 1)..];
        var missing = text.IndexOf(Missing, StringComparison.Ordinal);
        return missing >= 0 ? $"missing fields: {text[(missing + Missing.Length)..]}"
            : text.Contains("could not be mapped", StringComparison.Ordinal) ? $"there is no field '{field}'."
            : $"'{field}' cannot have this value.";
    }

    private static string Model(JsonElement json) =>
        Member(json, "name") is { ValueKind: JsonValueKind.String } name ? $"model {name.GetString()}" : "model spec";

    private static string LayerText(string field, int index) => $"{(field == "layers" ? "layer" : "wide layer")} {index + 1}";

    private static string? Kind(JsonElement layer) =>
        Member(layer, KindField) is { ValueKind: JsonValueKind.String } kind ? kind.GetString() : null;

    private static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
}
