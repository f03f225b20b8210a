using System.Text.Json;
using ServerlessFashion.Models;
using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Api.Requests;

/// <summary>A type that a field of a request may have.</summary>
/// <param name="Expected">Its values, for people.</param>
internal sealed record JsonFieldType(string Expected, Func<JsonElement, bool> Accepts)
{
    private static readonly JsonFieldType Text = new("a string", value => value.ValueKind == JsonValueKind.String);
    private static readonly JsonFieldType Integer = new("a whole number", IsInteger);

    private static readonly JsonFieldType Flag = new(
        "true or false", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False);

    private static readonly JsonFieldType Texts = new(
        "an array of strings", value => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(Text.Accepts));

    private static readonly JsonFieldType Integers = new(
        "an object with whole numbers",
        value => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(item => IsInteger(item.Value)));

    private static readonly JsonFieldType OptionValues = new(
        "an object with numbers, strings, true, false or null",
        value => value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().All(item => item.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)));

    private static readonly JsonFieldType Search = new("an object with space, trials, sampler, seed", _ => true)
    {
        Problem = ProblemOfSearch,
    };

    /// <summary>A sentence about an accepted value that is wrong inside; null if it is right.</summary>
    public Func<JsonElement, string?> Problem { get; private init; } = _ => null;

    private static readonly JsonFieldType Specs = new(
        "an array of models", value => value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object));

    /// <exception cref="NotSupportedException">No field of a request may have that type.</exception>
    public static JsonFieldType Of(Type type)
    {
        var valueType = Nullable.GetUnderlyingType(type) ?? type;
        return valueType switch
        {
            _ when valueType == typeof(string) => Text,
            _ when valueType == typeof(int) => Integer,
            _ when valueType == typeof(bool) => Flag,
            _ when valueType == typeof(IReadOnlyList<string>) => Texts,
            _ when valueType == typeof(IReadOnlyDictionary<string, int>) => Integers,
            _ when valueType == typeof(IReadOnlyDictionary<string, OptionValue>) => OptionValues,
            _ when valueType == typeof(SearchOptions) => Search,
            _ when valueType == typeof(IReadOnlyList<ModelSpec>) => Specs,
            { IsEnum: true } => OneOf(Choice.Names(valueType)),
            _ => throw new NotSupportedException($"Requests have no fields of type {type}."),
        };
    }

    /// <summary>The serializer would take names in any case, and numbers.</summary>
    private static JsonFieldType OneOf(List<string> names) => new(
        $"one of {string.Join(", ", names)}", value => value.ValueKind == JsonValueKind.String && names.Contains(value.GetString()!));

    private static string? ProblemOfSearch(JsonElement value)
    {
        try
        {
            SearchOptionsJson.Parse(value);
            return null;
        }
        catch (InvalidInputException e)
        {
            return e.Message;
        }
    }

    private static bool IsInteger(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _);
}
