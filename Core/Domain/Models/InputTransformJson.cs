using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>An <see cref="InputTransform"/> as JSON: its name.</summary>
internal sealed class InputTransformJson : JsonConverter<InputTransform>
{
    /// <exception cref="JsonException">No transform has that name.</exception>
    public override InputTransform Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return InputTransform.All.FirstOrDefault(transform => transform.Name == name) ?? throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, InputTransform value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
