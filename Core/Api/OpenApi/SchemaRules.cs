using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Models;
using ServerlessFashion.Predictions;
using ServerlessFashion.Runs;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Api.OpenApi;

/// <summary>Adds to the schemas what the types alone do not say.</summary>
internal static class SchemaRules
{
    private const string ModelDescription = "A model; GET /specs/schema describes its fields.";

    public static async Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        var valueType = Nullable.GetUnderlyingType(type) ?? type;
        if (Choice.EnumerationOf(type) is { } enumeration)
        {
            (schema.Type, schema.Properties, schema.Required) = (JsonSchemaType.String, null, null);
            schema.Enum = [.. Choice.Names(enumeration).Select(name => (JsonNode)name)];
            schema.Default = (context.ParameterDescription?.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo
                .GetCustomAttribute<DefaultValueAttribute>()?.Value is string text ? text : null;
        }
        else if (valueType == typeof(double))
        {
            DescribeNumber(schema, isNullable: valueType != type);
        }
        else if (type == typeof(float))
        {
            (schema.Type, schema.AnyOf) = (JsonSchemaType.Number, null);
        }
        else if (valueType.IsEnum)
        {
            // The generator adds null to the values of an enumeration that it first meets as nullable.
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. schema.Enum!.Where(value => value?.GetValueKind() == JsonValueKind.String)];
        }
        else if (type == typeof(OptionValue))
        {
            schema.Type = JsonSchemaType.Number | JsonSchemaType.String | JsonSchemaType.Boolean | JsonSchemaType.Null;
            schema.AnyOf = null;
        }
        else if (type == typeof(ModelSpec))
        {
            (schema.Type, schema.Description) = (JsonSchemaType.Object, ModelDescription);
        }
        else if (type == typeof(RunConfiguration))
        {
            DescribeConfiguration(schema);
        }
        else if (type == typeof(ProblemDetails))
        {
            await DescribeProblemAsync(schema, context, cancellation);
        }
        else if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && IsOwn(type))
        {
            DescribeObject(schema, context.JsonTypeInfo);
        }
    }

    private static bool IsOwn(Type type) => type.Namespace?.StartsWith(nameof(ServerlessFashion), StringComparison.Ordinal) == true;

    /// <summary>The dialect writes values that JSON numbers cannot express as strings.</summary>
    private static void DescribeNumber(OpenApiSchema schema, bool isNullable)
    {
        schema.AnyOf = null;
        schema.Format = null;
        schema.Type = JsonSchemaType.Number | JsonSchemaType.String | (isNullable ? JsonSchemaType.Null : 0);
        schema.Pattern = "^(NaN|-?Infinity)$";
        schema.Description ??= isNullable
            ? null
            : "A number; one of the strings NaN, Infinity and -Infinity where a training has diverged.";
    }

    /// <summary>Its fields belong to the pipeline and change with it.</summary>
    private static void DescribeConfiguration(OpenApiSchema schema)
    {
        schema.Properties = null;
        schema.Required = null;
        schema.Description = "The whole effective configuration.";
    }

    private static async Task DescribeProblemAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        schema.Description = "Problem details by RFC 9457.";
        schema.Required = new HashSet<string> { "title", "status", "detail" };
        foreach (var name in schema.Required.Append("type"))
        {
            ((OpenApiSchema)schema.Properties![name]).Type &= ~JsonSchemaType.Null;
        }

        schema.Properties!["traceId"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "Finds an unexpected error in the server's log.",
        };
        schema.Properties["errors"] = await context.GetOrCreateSchemaAsync(
            typeof(IReadOnlyList<FieldError>), cancellationToken: cancellation);
    }

    /// <summary>No object has other fields. All fields are required but those that a request may leave out.</summary>
    private static void DescribeObject(OpenApiSchema schema, JsonTypeInfo info)
    {
        schema.AdditionalPropertiesAllowed = false;
        // A field that is ignored has neither.
        var fields = info.Properties.Where(field => field.Get is not null || field.Set is not null).ToList();
        schema.Required = fields
            .Where(field => field.IsRequired || field.Set is null || field.AssociatedParameter is { HasDefaultValue: false })
            .Select(field => field.Name).ToHashSet();
        var details = schema.Properties!;
        foreach (var field in fields.Where(field => field.Set is null && !field.IsGetNullable))
        {
            // The generator takes nullability from the setter.
            if (details[field.Name] is OpenApiSchema computed)
            {
                computed.Type &= ~JsonSchemaType.Null;
            }
        }

        switch (info.Type)
        {
            case var type when type == typeof(ComparisonOptions):
                DescribeOptions(details);
                break;
            case var type when type == typeof(ImageRequest):
                DescribeImage(schema, details);
                break;
            case var type when type == typeof(ImagePrediction):
                Limit((OpenApiSchema)((OpenApiSchema)details["probabilities"]).Items!, "0", "1");
                break;
            case var type when type == typeof(HealthDocument):
                ((OpenApiSchema)details["status"]).Const = HealthDocument.Healthy;
                break;
        }
    }

    private static void DescribeOptions(IDictionary<string, IOpenApiSchema> options)
    {
        var preset = (OpenApiSchema)options["preset"];
        preset.Enum = [.. Presets.Names.Select(name => (JsonNode)name), JsonNullSentinel.JsonNull];
        var models = (OpenApiSchema)options["models"];
        models.UniqueItems = true;
        models.Examples = [new JsonArray("model1", "model3")];
        // A type with a converter of its own leaves the items without a schema.
        ((OpenApiSchema)options["specs"]).Items = new OpenApiSchema { Type = JsonSchemaType.Object, Description = ModelDescription };
        var epochs = (OpenApiSchema)options["epochs"];
        epochs.Examples = [new JsonObject { ["model1"] = 5 }];
        Limit((OpenApiSchema)epochs.AdditionalProperties!, "1", Presets.MaxEpochs.ToString(CultureInfo.InvariantCulture));
        ((OpenApiSchema)options["set"]).Examples = [new JsonObject { ["model4.batchSize"] = 128, ["model4.learningRate"] = 3e-4 }];
        ((OpenApiSchema)options["budget"]).Examples = ["30m", "1h30m"];
    }

    private static void DescribeImage(OpenApiSchema schema, IDictionary<string, IOpenApiSchema> details)
    {
        var pixels = (OpenApiSchema)details["pixels"];
        Limit((OpenApiSchema)pixels.Items!, "0", "255");
        var image = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = schema.Properties,
            Required = schema.Required,
            AdditionalPropertiesAllowed = false,
        };
        schema.AnyOf = [image, pixels];
        schema.Type = null;
        schema.Properties = null;
        schema.Required = null;
        schema.AdditionalPropertiesAllowed = true;
    }

    private static void Limit(OpenApiSchema number, string least, string most) => (number.Minimum, number.Maximum) = (least, most);
}
