using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace ServerlessFashion.Tests;

/// <summary>The published OpenAPI document, read as a client reads it.</summary>
public sealed class OpenApiDocument
{
    private const string SchemaPrefix = "#/components/schemas/";

    private readonly JsonNode _root;
    private readonly Dictionary<string, JsonSchema> _schemas = [];

    public OpenApiDocument(byte[] text) => _root = JsonNode.Parse(text)!;

    /// <summary>Every operation: its id, verb and path.</summary>
    public IEnumerable<(string Id, string Method, string Path, JsonNode Operation)> Operations =>
        from path in _root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ((string)operation.Value!["operationId"]!, operation.Key.ToUpperInvariant(), path.Key, operation.Value!);

    /// <summary>The values of an enumeration.</summary>
    public IEnumerable<string> Choices(string schema) =>
        _root["components"]!["schemas"]![schema]!["enum"]!.AsArray().Select(value => (string)value!);

    /// <summary>The values that a field of a schema may have; null values left out.</summary>
    public IEnumerable<string> Choices(string schema, string field) =>
        _root["components"]!["schemas"]![schema]!["properties"]![field]!["enum"]!.AsArray().Where(value => value is not null)
            .Select(value => (string)value!);

    /// <summary>Fails unless the document allows this answer to a request.</summary>
    public void AssertAllows(string method, string path, int status, string? mediaType, string body)
    {
        var operation = Operations.FirstOrDefault(known => known.Method == method && Matches(known.Path, path)).Operation;
        if (operation is null)
        {
            // Nothing is documented there: the answer can only be that there is nothing.
            Assert.True(status is 403 or 404 or 405, $"{method} {path} answers {status} and is not documented");
            Assert.Equal("application/problem+json", mediaType);
            AssertValid("ProblemDetails", body, $"{method} {path} {status}");
            return;
        }

        var responses = operation["responses"]!;
        var response = Resolve(responses[$"{status}"] ?? responses["default"]!);
        Assert.True(status >= 400 || responses[$"{status}"] is not null, $"{method} {path} answers {status}, which is not documented");
        if (response["content"]?.AsObject() is not { } content)
        {
            Assert.Equal("", body);
            return;
        }

        var media = content["*/*"] ?? content[mediaType ?? "none"];
        Assert.True(media is not null, $"{method} {path} {status} answers {mediaType}, which is not documented");
        if (((string?)media["schema"]?["$ref"])?[SchemaPrefix.Length..] is { } schema)
        {
            AssertValid(schema, body, $"{method} {path} {status}");
        }
    }

    private JsonNode Resolve(JsonNode node) =>
        (string?)node["$ref"] is { } reference ? reference[2..].Split('/').Aggregate(_root, (parent, key) => parent[key]!) : node;

    private void AssertValid(string schema, string body, string what)
    {
        using var document = JsonDocument.Parse(body);
        var result = Schema(schema).Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        var errors = (result.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
        Assert.True(result.IsValid, $"{what}: {string.Join("; ", errors)}\n{body}");
    }

    private JsonSchema Schema(string name)
    {
        lock (_schemas)
        {
            if (!_schemas.TryGetValue(name, out var schema))
            {
                var text = $$"""{"$ref": "#/$defs/{{name}}", "$defs": {{_root["components"]!["schemas"]!.ToJsonString()}}}""";
                schema = JsonSchema.FromText(text.Replace(SchemaPrefix, "#/$defs/", StringComparison.Ordinal));
                _schemas.Add(name, schema);
            }

            return schema;
        }
    }

    private static bool Matches(string pattern, string path)
    {
        var (expected, found) = (pattern.Split('/'), path.Split('/'));
        return pattern.EndsWith("/{file}", StringComparison.Ordinal)
            ? found.Length >= expected.Length && Same(expected[..^1], found)
            : found.Length == expected.Length && Same(expected, found);
    }

    private static bool Same(string[] expected, string[] found) =>
        expected.Zip(found).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0));
}
