using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using ServerlessFashion.Models;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Specs;

/// <summary>
/// The JSON schema (draft 2020-12) of a model spec in a file: what <see cref="ModelSpecJson"/> reads, with the ranges of
/// <see cref="NumberRange"/>.
/// </summary>
public static class ModelSpecSchema
{
    private const string Required = "required";

    /// <summary>The schema as indented JSON with a line feed at the end.</summary>
    public static string Text { get; } = Create().ToJsonString(Json.Indented) + "\n";

    private static JsonObject Create()
    {
        var strict = Json.Compact.Converters.OfType<ModelSpecJson>().Single().Strict;
        var exported = JsonSchemaExporter.GetJsonSchemaAsNode(strict, typeof(ModelSpec), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Describe,
        }).AsObject();
        exported["properties"]!.AsObject().Insert(0, SpecDefaults.SchemaField, new JsonObject { ["type"] = "string" });
        exported["properties"]!["name"]!["pattern"] = "^[a-z0-9][a-z0-9-]{0,62}$";
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "urn:serverless-fashion:model",
            ["title"] = "ServerlessFashion model",
            ["description"] = "A model that ./fashion models add FILE accepts.",
        };
        foreach (var (name, value) in exported)
        {
            schema[name] = value?.DeepClone();
        }

        return schema;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(InputTransform))
        {
            schema = new JsonObject { ["enum"] = new JsonArray([.. InputTransform.All.Select(input => (JsonNode)input.Name)]) };
        }

        if (schema is not JsonObject node)
        {
            return schema;
        }

        if (type == typeof(double))
        {
            node.Remove("anyOf");
            node["type"] = context.TypeInfo.Type == type ? "number" : new JsonArray("number", "null");
        }

        if (context.PropertyInfo?.AttributeProvider is PropertyInfo field)
        {
            Limit(node, NumberRange.Of(field));
            if (field.GetCustomAttribute<DescriptionAttribute>() is { } description)
            {
                node.Insert(0, "description", description.Description);
            }
        }

        if (context.PropertyInfo is null && type == typeof(ModelSpec))
        {
            Default(node, SpecDefaults.OfSpec);
            SpecDefaults.Derived.ToList().ForEach(name => Release(node, name));
        }
        else if (type == typeof(TrainingPhase))
        {
            Default(node, SpecDefaults.OfPhase);
            Release(node, "name");
        }

        return node;
    }

    private static void Limit(JsonObject number, NumberRange? range)
    {
        if (range is not null)
        {
            number[range.ExcludesLeast ? "exclusiveMinimum" : "minimum"] = Number(range.Least);
            number[range.ExcludesMost ? "exclusiveMaximum" : "maximum"] = Number(range.Most);
        }
    }

    private static JsonNode Number(double value) => JsonNode.Parse(value.ToString("R", CultureInfo.InvariantCulture))!;

    private static void Default(JsonObject record, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            Release(record, name);
            record["properties"]![name]!["default"] = JsonNode.Parse(value);
        }
    }

    /// <summary>A field that may be left out.</summary>
    private static void Release(JsonObject record, string name)
    {
        var required = record[Required]!.AsArray();
        required.Remove(required.First(field => field!.GetValue<string>() == name));
    }
}
