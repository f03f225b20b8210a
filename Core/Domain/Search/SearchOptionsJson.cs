using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessFashion.Phrases;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Search;

/// <summary>The options of a search as JSON. Every unknown field and every value of a wrong kind is refused by name.</summary>
public sealed class SearchOptionsJson : JsonConverter<SearchOptions>
{
    private const string Search = "search";
    private const string Space = "space";
    private const string Trials = "trials";
    private const string Sampler = "sampler";
    private const string Seed = "seed";
    private const string From = "from";
    private const string To = "to";
    private const string Scale = "scale";
    private const string Whole = "whole";
    private const string Values = "values";

    /// <summary>The fields of a search. Messages about one of them begin with its name.</summary>
    public static IReadOnlyList<string> Fields { get; } = [Space, Trials, Sampler, Seed];

    /// <inheritdoc cref="Parse"/>
    public override SearchOptions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Parse(document.RootElement);
    }

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidInputException">A field is unknown, missing or of the wrong kind; the message names it.</exception>
    public static SearchOptions Parse(JsonElement json)
    {
        RequireFields(Search, json, [.. Fields]);
        return new SearchOptions
        {
            Space = json.TryGetProperty(Space, out var space)
                ? ParseSpace(space)
                : throw new InvalidInputException($"{Search}: it needs a {Space}, the values of each parameter."),
            Trials = Find(json, Trials) is { } trials ? ReadWhole(Trials, trials) : null,
            Sampler = Find(json, Sampler) is { } sampler ? ReadWord<TrialSampler>(Sampler, sampler) : null,
            Seed = Find(json, Seed) is { } seed ? ReadWhole(Seed, seed) : null,
        };
    }

    /// <summary>Reads the values of each parameter.</summary>
    /// <exception cref="InvalidInputException">A field is unknown or of the wrong kind; the message names it.</exception>
    public static IReadOnlyDictionary<string, ParameterRange> ParseSpace(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidInputException($"{Space}: expected an object with a parameter in each field, found {Shown(json)}.");
        }

        var space = new Dictionary<string, ParameterRange>();
        foreach (var parameter in json.EnumerateObject())
        {
            if (!space.TryAdd(parameter.Name, ParseRange($"{Space}: {parameter.Name}", parameter.Value)))
            {
                throw new InvalidInputException($"{Space}: {parameter.Name} is named twice.");
            }
        }

        return space;
    }

    public override void Write(Utf8JsonWriter writer, SearchOptions value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(Space);
        JsonSerializer.Serialize(writer, value.Space, options);
        if (value.Trials is { } trials)
        {
            writer.WriteNumber(Trials, trials);
        }

        if (value.Sampler is { } sampler)
        {
            writer.WriteString(Sampler, WordOf(sampler));
        }

        if (value.Seed is { } seed)
        {
            writer.WriteNumber(Seed, seed);
        }

        writer.WriteEndObject();
    }

    private static ParameterRange ParseRange(string place, JsonElement json)
    {
        RequireFields(place, json, From, To, Scale, Whole, Values);
        return new ParameterRange
        {
            From = Find(json, From) is { } from ? ReadNumber($"{place}: {From}", from) : null,
            To = Find(json, To) is { } to ? ReadNumber($"{place}: {To}", to) : null,
            Scale = Find(json, Scale) is { } scale ? ReadWord<ParameterScale>($"{place}: {Scale}", scale) : null,
            Whole = Find(json, Whole) is { } whole ? ReadSwitch($"{place}: {Whole}", whole) : null,
            Values = Find(json, Values) is { } values ? ReadValues($"{place}: {Values}", values) : null,
        };
    }

    private static void RequireFields(string place, JsonElement json, params string[] fields)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidInputException($"{place}: expected an object with {string.Join(", ", fields)}, found {Shown(json)}.");
        }

        var unknown = json.EnumerateObject().Select(field => field.Name).FirstOrDefault(name => !fields.Contains(name));
        if (unknown is not null)
        {
            throw UnknownName.Refuse(place, unknown, "field", fields);
        }
    }

    private static JsonElement? Find(JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static int ReadWhole(string place, JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) ? number : throw Wrong(place, "a whole number", json);

    private static double ReadNumber(string place, JsonElement json) =>
        json.ValueKind == JsonValueKind.Number ? json.GetDouble() : throw Wrong(place, "a number", json);

    private static bool ReadSwitch(string place, JsonElement json) =>
        json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : throw Wrong(place, "true or false", json);

    private static T ReadWord<T>(string place, JsonElement json) where T : struct, Enum
    {
        foreach (var word in Enum.GetValues<T>())
        {
            if (json.ValueKind == JsonValueKind.String && json.GetString() == WordOf(word))
            {
                return word;
            }
        }

        throw Wrong(place, string.Join(" or ", Enum.GetValues<T>().Select(WordOf)), json);
    }

    private static OptionValue[] ReadValues(string place, JsonElement json) =>
        json.ValueKind == JsonValueKind.Array
        && json.EnumerateArray().All(value => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            ? [.. json.EnumerateArray().Select(value => value.Deserialize<OptionValue>()!)]
            : throw Wrong(place, "a list of numbers or words", json);

    private static string WordOf<T>(T word) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(word.ToString());

    private static InvalidInputException Wrong(string place, string expected, JsonElement json) =>
        new($"{place}: expected {expected}, found {Shown(json)}.");

    private static string Shown(JsonElement json) => json.GetRawText() is { Length: > 40 } text ? text[..40] + "..." : json.GetRawText();
}
