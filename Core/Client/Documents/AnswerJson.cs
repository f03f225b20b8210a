using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Client.Documents;

/// <summary>
/// Reads the answers of a server, which may be something else than it should. A document must have every value that its type does not
/// declare as nullable or optional, in its lists too.
/// </summary>
internal static class AnswerJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(Json.Compact) { RespectNullableAnnotations = true };
        options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(RequireValues);
        return options;
    }

    private static void RequireValues(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (var property in type.Properties)
        {
            property.IsRequired |= property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false };
        }

        List<JsonPropertyInfo> lists = [.. type.Properties.Where(property => IsList(property) && property.Get is not null)];
        if (lists.Count > 0)
        {
            type.OnDeserialized = document => RequireItems(lists, document);
        }
    }

    private static bool IsList(JsonPropertyInfo property) =>
        property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable));

    private static void RequireItems(List<JsonPropertyInfo> lists, object document)
    {
        foreach (var list in lists)
        {
            if (list.Get!(document) is IEnumerable items && items.Cast<object?>().Contains(null))
            {
                throw new JsonException($"{list.Name}: an item is null.");
            }
        }
    }
}
