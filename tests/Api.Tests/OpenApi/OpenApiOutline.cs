using System.Text.Json.Nodes;

namespace ServerlessFashion.Api.Tests.OpenApi;

/// <summary>An OpenAPI document without its descriptions: one line for each parameter, body, response and field.</summary>
internal static class OpenApiOutline
{
    private static readonly string[] Constraints =
        ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "pattern", "default", "examples", "const"];

    public static string Of(byte[] json)
    {
        var root = JsonNode.Parse(json)!;
        var operations =
            from path in root["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            let lines = Operation(root, operation.Value!)
            select $"{operation.Key.ToUpperInvariant()} {path.Key} {operation.Value!["operationId"]}\n  {string.Join("\n  ", lines)}";
        var schemas =
            from schema in root["components"]!["schemas"]!.AsObject()
            select $"{schema.Key}\n  {string.Join("\n  ", Schema(schema.Value!))}";
        return string.Join('\n', operations.Order(StringComparer.Ordinal).Concat(schemas.Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> Operation(JsonNode root, JsonNode operation)
    {
        if (operation["security"] is { } security)
        {
            yield return $"security {security.ToJsonString()}";
        }

        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var required = Required((bool?)parameter!["required"] == true);
            yield return $"{parameter["in"]} {parameter["name"]}{required}: {Type(parameter["schema"])}";
        }

        if (operation["requestBody"] is { } body)
        {
            yield return $"body{Required((bool?)body["required"] == true)}: {Content(body)}";
        }

        foreach (var (status, reference) in operation["responses"]!.AsObject().OrderBy(response => response.Key, StringComparer.Ordinal))
        {
            var response = (string?)reference!["$ref"] is { } name
                ? name[2..].Split('/').Aggregate(root, (parent, key) => parent[key]!)
                : reference;
            var headers = string.Join(", ", (response["headers"]?.AsObject() ?? []).Select(header => header.Key));
            yield return $"{status}: {string.Join("; ", new[] { Content(response), headers }.Where(part => part.Length > 0))}";
        }
    }

    private static IEnumerable<string> Schema(JsonNode schema)
    {
        yield return $"is {Type(schema)}";
        var required = (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).ToHashSet();
        foreach (var (name, field) in schema["properties"]?.AsObject() ?? [])
        {
            yield return $"{name}{Required(required.Contains(name))}: {Type(field)}";
        }
    }

    private static string Content(JsonNode message)
    {
        var media = (message["content"]?.AsObject() ?? []).Select(entry => $"{entry.Key} {Type(entry.Value!["schema"])}");
        return string.Join(", ", media.Order(StringComparer.Ordinal));
    }

    private static string Type(JsonNode? schema)
    {
        if (schema is null)
        {
            return "any";
        }

        var parts = new List<string>();
        if ((string?)schema["$ref"] is { } reference)
        {
            parts.Add(reference.Split('/')[^1]);
        }

        if (schema["type"] is { } type)
        {
            parts.Add(type is JsonArray types
                ? string.Join('|', types.Select(item => (string)item!).Order(StringComparer.Ordinal))
                : (string)type!);
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            parts.Add($"({string.Join(" or ", choices.Select(Type).Order(StringComparer.Ordinal))})");
        }

        if (schema["enum"] is JsonArray values)
        {
            parts.Add(values.ToJsonString());
        }

        if (schema["items"] is { } items)
        {
            parts.Add($"of {Type(items)}");
        }

        if (schema["additionalProperties"] is { } additional)
        {
            parts.Add(additional is JsonObject ? $"with {Type(additional)}" : "closed");
        }

        parts.AddRange(Constraints.Where(name => schema[name] is not null).Select(name => $"{name}={schema[name]!.ToJsonString()}"));
        return string.Join(' ', parts);
    }

    private static string Required(bool isRequired) => isRequired ? "!" : "";
}
