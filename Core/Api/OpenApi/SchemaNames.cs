using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.Requests;

namespace ServerlessFashion.Api.OpenApi;

/// <summary>Names of the document's schemas.</summary>
internal static class SchemaNames
{
    public const string Number = "Number";

    private const string Suffix = "Document";

    /// <summary>The name of a type's schema; null where the schema stands where it is used.</summary>
    public static string? Of(JsonTypeInfo info)
    {
        var type = info.Type;
        if (type == typeof(double))
        {
            return Number;
        }

        if (type == typeof(JsonObject) || Choice.EnumerationOf(type) is not null)
        {
            return null;
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ListDocument<>)
            ? Short(type.GetGenericArguments()[0].Name) + "List"
            : OpenApiOptions.CreateDefaultSchemaReferenceId(info) is { } name ? Short(name) : null;
    }

    private static string Short(string name) => name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
}
