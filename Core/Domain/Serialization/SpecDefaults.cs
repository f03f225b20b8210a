using System.Text.Json.Nodes;

namespace ServerlessFashion.Serialization;

/// <summary>What a spec from a file may leave out. A spec that this program wrote leaves out nothing.</summary>
internal static class SpecDefaults
{
    /// <summary>The field with which editors find the schema; it is not part of the spec.</summary>
    public const string SchemaField = "$schema";

    private const string Phases = "phases";

    /// <summary>The default values of fields of a spec, as JSON. The title is the name unless it is given.</summary>
    public static IReadOnlyDictionary<string, string> OfSpec { get; } = new Dictionary<string, string>
    {
        ["description"] = "\"A model from a file.\"",
        ["input"] = "\"grey28\"",
        ["batchSize"] = "128",
        [Phases] = """[{"name":"all","epochs":10,"learningRate":0.001,"trainable":"all"}]""",
    };

    /// <summary>The default values of fields of a phase, as JSON. The name is the phase's number unless it is given.</summary>
    public static IReadOnlyDictionary<string, string> OfPhase { get; } = new Dictionary<string, string> { ["trainable"] = "\"all\"" };

    /// <summary>Fields that follow from others unless they are given.</summary>
    public static IReadOnlyList<string> Derived { get; } = ["title"];

    /// <summary>Adds what is left out.</summary>
    /// <returns><paramref name="spec"/></returns>
    public static JsonObject Complete(JsonObject spec)
    {
        if (spec[SchemaField] is JsonValue)
        {
            spec.Remove(SchemaField);
        }

        spec.TryAdd("title", spec["name"]?.DeepClone() ?? "");

        Add(spec, OfSpec);
        foreach (var (index, phase) in (spec[Phases] as JsonArray ?? []).Index())
        {
            if (phase is JsonObject fields)
            {
                fields.TryAdd("name", $"phase {index + 1}");
                Add(fields, OfPhase);
            }
        }

        return spec;
    }

    private static void Add(JsonObject target, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (field, value) in values.Where(value => !target.ContainsKey(value.Key)))
        {
            target.Add(field, JsonNode.Parse(value));
        }
    }
}
