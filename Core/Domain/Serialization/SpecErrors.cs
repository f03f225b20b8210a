using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ServerlessFashion.Models;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Serialization;

/// <summary>Says in words why JSON is not a model spec: the model, the layer or phase, and the field.</summary>
internal static partial class SpecErrors
{
    private const string KindField = "kind";
    private const int ShownCharacters = 40;

    private static readonly string[] LayerLists = ["layers", "wideLayers"];

    /// <exception cref="InvalidInputException">A field is given twice.</exception>
    public static void RequireOneOfEachField(JsonElement spec) => RequireOneOfEachField(spec, spec, "");

    /// <exception cref="InvalidInputException">A layer or the head has no kind, or one that does not exist.</exception>
    public static void RequireKnownKinds(JsonElement spec)
    {
        foreach (var field in LayerLists)
        {
            RequireKnownLayers(spec, spec, field, "");
        }

        if (Member(spec, "head") is { } head)
        {
            RequireKnownKind<Head>(spec, head, "the head");
        }
    }

    /// <summary>What the serializer says, in words and with the names of the spec.</summary>
    public static InvalidInputException Of(JsonElement spec, JsonException error, JsonSerializerOptions options)
    {
        var path = error.Path ?? "$";
        return new InvalidInputException($"{Model(spec)}: {Place(spec, path)}: {Reason(spec, path, error, options)}", error);
    }

    private static void RequireOneOfEachField(JsonElement spec, JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in element.EnumerateArray().Index())
            {
                RequireOneOfEachField(spec, item, $"{path}[{index}]");
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>();
            foreach (var field in element.EnumerateObject())
            {
                if (!seen.Add(field.Name))
                {
                    throw new InvalidInputException($"{Model(spec)}: {Place(spec, $"${path}")}: '{field.Name}' is given twice.");
                }

                RequireOneOfEachField(spec, field.Value, $"{path}.{field.Name}");
            }
        }
    }

    private static void RequireKnownLayers(JsonElement spec, JsonElement owner, string field, string before)
    {
        if (Member(owner, field) is not { ValueKind: JsonValueKind.Array } layers)
        {
            return;
        }

        foreach (var (index, layer) in layers.EnumerateArray().Index())
        {
            var place = before + LayerText(field, index);
            RequireKnownKind<Layer>(spec, layer, place);
            RequireKnownLayers(spec, layer, LayerLists[0], place + ": ");
        }
    }

    private static void RequireKnownKind<T>(JsonElement spec, JsonElement given, string place)
    {
        var known = KindsOf(typeof(T)).Select(kind => (string)kind.TypeDiscriminator!).Order(StringComparer.Ordinal).ToArray();
        var kind = Kind(given);
        if (kind is null || !known.Contains(kind))
        {
            var found = kind is null ? "the kind is missing" : $"'{kind}' is not a kind";
            var question = kind is not null && NearestName.Ask(kind, known) is { } ask ? $"; {ask} The kinds" : "; the kinds";
            throw new InvalidInputException($"{Model(spec)}: {place}: {found}{question} are {string.Join(", ", known)}.");
        }
    }

    private static IEnumerable<JsonDerivedTypeAttribute> KindsOf(Type type) => type.GetCustomAttributes<JsonDerivedTypeAttribute>(false);

    /// <summary>The layer or the field that a JSON path such as <c>$.layers[2].rate</c> leads to, in words.</summary>
    private static string Place(JsonElement spec, string path)
    {
        foreach (var field in LayerLists)
        {
            var start = $"$.{field}[";
            if (path.StartsWith(start, StringComparison.Ordinal))
            {
                var index = int.Parse(path.AsSpan(start.Length, path.IndexOf(']') - start.Length), CultureInfo.InvariantCulture);
                return $"{LayerText(field, index)} ({Kind(Member(spec, field)!.Value[index])})";
            }
        }

        return path == "$" ? "the spec" : Phase().Replace(path[2..], PhaseText);
    }

    /// <summary>What the serializer says, without its path and the names of types.</summary>
    private static string Reason(JsonElement spec, string path, JsonException error, JsonSerializerOptions options)
    {
        const string Missing = "including: ";
        var text = error.Message.Split(" Path: ")[0];
        var field = path[(path.LastIndexOf('.') + 1)..];
        var missing = text.IndexOf(Missing, StringComparison.Ordinal);
        return Miscased(spec, field) is { } written ? $"there is no field '{written}'; did you mean {field}?"
            : missing >= 0 ? $"missing fields: {text[(missing + Missing.Length)..]}"
            : text.Contains("could not be mapped", StringComparison.Ordinal)
                ? $"there is no field '{field}'{Question(field, FieldsAt(spec, path, options))}"
            : $"'{field}' cannot be {ValueAt(spec, path)}.";
    }

    /// <summary>The value at a JSON path, as the spec has it; a long one is cut off.</summary>
    private static string ValueAt(JsonElement spec, string path)
    {
        var value = Steps().Matches(path).Aggregate(spec, (owner, step) => step.Groups["index"] is { Success: true } index
            ? owner[int.Parse(index.Value, CultureInfo.InvariantCulture)]
            : owner.GetProperty(step.Groups["field"].Value));
        var text = value.GetRawText();
        return text.Length <= ShownCharacters ? text : $"{text[..ShownCharacters]}...";
    }

    /// <summary>The name of a field of the spec that is written like this one, but for its case; null if there is none.</summary>
    private static string? Miscased(JsonElement spec, string field) => spec.ValueKind != JsonValueKind.Object ? null
        : spec.EnumerateObject().Select(member => member.Name).FirstOrDefault(
            name => name != field && name.Equals(field, StringComparison.OrdinalIgnoreCase));

    private static string Question(string field, IEnumerable<string> known) =>
        NearestName.Ask(field, known) is { } question ? $"; {question}" : ".";

    /// <summary>The fields of the object in which the last step of a path is.</summary>
    private static IEnumerable<string> FieldsAt(JsonElement spec, string path, JsonSerializerOptions options)
    {
        var (type, element) = (typeof(ModelSpec), spec);
        foreach (Match step in Steps().Matches(path[..path.LastIndexOf('.')]))
        {
            if (step.Groups["index"] is { Success: true } index)
            {
                type = type.GetGenericArguments().FirstOrDefault() ?? type;
                element = element[int.Parse(index.Value, CultureInfo.InvariantCulture)];
                type = KindsOf(type).FirstOrDefault(kind => (string)kind.TypeDiscriminator! == Kind(element))?.DerivedType ?? type;
            }
            else if (options.GetTypeInfo(type).Properties.FirstOrDefault(field => field.Name == step.Groups["field"].Value) is { } next)
            {
                type = Nullable.GetUnderlyingType(next.PropertyType) ?? next.PropertyType;
                element = element.GetProperty(next.Name);
                type = KindsOf(type).FirstOrDefault(kind => (string)kind.TypeDiscriminator! == Kind(element))?.DerivedType ?? type;
            }
        }

        return options.GetTypeInfo(type).Properties.Where(field => field.Set is not null || field.AssociatedParameter is not null)
            .Select(field => field.Name);
    }

    private static string Model(JsonElement spec) =>
        Member(spec, "name") is { ValueKind: JsonValueKind.String } name ? $"model {name.GetString()}" : "model spec";

    private static string LayerText(string field, int index) => $"{(field == LayerLists[0] ? "layer" : "wide layer")} {index + 1}";

    /// <summary>Options and reports count phases from 1.</summary>
    private static string PhaseText(Match phase) =>
        $"phase {int.Parse(phase.Groups["index"].Value, CultureInfo.InvariantCulture) + 1}{(phase.Groups["more"].Success ? ", " : "")}";

    private static string? Kind(JsonElement layer) =>
        Member(layer, KindField) is { ValueKind: JsonValueKind.String } kind ? kind.GetString() : null;

    private static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    [GeneratedRegex(@"^phases\[(?<index>[0-9]+)\](?<more>\.)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Phase();

    [GeneratedRegex(@"\.(?<field>[^.\[]+)|\[(?<index>[0-9]+)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Steps();
}
