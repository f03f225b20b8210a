using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ServerlessFashion.Models;

namespace ServerlessFashion.Serialization;

/// <summary>
/// A <see cref="ModelSpec"/> as JSON: layers and heads carry their kind, every field that decides a number is written, and what is
/// written reads back to an equal spec. A field or a kind that nothing knows is an error, since a run that ignored it would train
/// another network than the stored one. Fields that <see cref="SpecDefaults"/> knows may be missing.
/// </summary>
internal sealed class ModelSpecJson : JsonConverter<ModelSpec>
{
    /// <param name="dialect">Names and enums as everywhere else.</param>
    public ModelSpecJson(JsonSerializerOptions dialect)
    {
        Strict = new JsonSerializerOptions(dialect)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true,
            TypeInfoResolver = dialect.TypeInfoResolver!.WithAddedModifier(LeaveOutDerived),
        };
    }

    /// <summary>How a spec and all that is in it are read and written.</summary>
    internal JsonSerializerOptions Strict { get; }

    /// <exception cref="InvalidInputException">Not a model spec; the message names the model, the layer and the field.</exception>
    public override ModelSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var json = WholeNumbers.Of(document.RootElement);
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidInputException("model spec: expected a JSON object with the name and the layers of a model.");
        }

        SpecErrors.RequireOneOfEachField(json);
        SpecErrors.RequireKnownKinds(json);
        try
        {
            return SpecDefaults.Complete(JsonObject.Create(json)!).Deserialize<ModelSpec>(Strict)!;
        }
        catch (JsonException error)
        {
            throw SpecErrors.Of(json, error, Strict);
        }
    }

    /// <summary>What a layer, a head or a spec derives from its fields is neither written nor read.</summary>
    private static void LeaveOutDerived(JsonTypeInfo info)
    {
        if (info.Type.Namespace == typeof(ModelSpec).Namespace)
        {
            foreach (var derived in info.Properties.Where(field => field.Set is null && field.AssociatedParameter is null).ToList())
            {
                info.Properties.Remove(derived);
            }
        }
    }

    public override void Write(Utf8JsonWriter writer, ModelSpec value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, Strict);
}
