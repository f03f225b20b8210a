using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessFashion.Specs;

/// <summary>A field of a model spec that an option can set.</summary>
/// <param name="Name">Its JSON names from the object on, such as <c>schedule.warmUpShare</c>.</param>
/// <param name="Expected">Its values in words.</param>
/// <param name="Read">The JSON of a value; null if the field cannot have it.</param>
internal sealed record SpecOption(string Name, string Expected, Func<string, JsonNode?> Read)
{
    private const string None = "null";

    /// <summary>The numbers, words and switches of a type, and those of the records in it.</summary>
    public static IEnumerable<SpecOption> Of(Type type, params string[] without) =>
        from field in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where field.SetMethod is not null && !without.Contains(field.Name)
        let name = JsonNamingPolicy.CamelCase.ConvertName(field.Name)
        from option in OptionsOf(field, name)
        select option;

    /// <summary>Writes the value into the object at the end of the option's path, which is made where it is missing.</summary>
    public void Set(JsonObject target, JsonNode? value)
    {
        var path = Name.Split('.');
        foreach (var step in path[..^1])
        {
            target[step] ??= new JsonObject();
            target = target[step]!.AsObject();
        }

        target[path[^1]] = value;
    }

    private static IEnumerable<SpecOption> OptionsOf(PropertyInfo field, string name)
    {
        var type = Nullable.GetUnderlyingType(field.PropertyType);
        var isNullable = type is not null;
        type ??= field.PropertyType;
        if (FormOf(field, type) is var (expected, read))
        {
            return [new SpecOption(name, isNullable ? $"{expected}, or {None}" : expected, read) { IsNullable = isNullable }];
        }

        return type.IsSealed && type.Namespace == typeof(Models.ModelSpec).Namespace
            ? Of(type).Select(option => option with { Name = $"{name}.{option.Name}" })
            : [];
    }

    /// <summary>Whether <c>null</c> clears the field.</summary>
    public bool IsNullable { get; private init; }

    /// <summary>Whether a value clears the field.</summary>
    public bool Clears(string text) => IsNullable && text == None;

    private static (string Expected, Func<string, JsonNode?> Read)? FormOf(PropertyInfo field, Type type)
    {
        var range = NumberRange.Of(field);
        if (type == typeof(int) && range is not null)
        {
            return (range.ToString(), text =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && range.Contains(number)
                    ? number : null);
        }

        if (type == typeof(double) && range is not null)
        {
            return (range.ToString(), text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && range.Contains(number)
                    ? number : null);
        }

        string[]? words = type.IsEnum ? [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)]
            : type == typeof(bool) ? ["true", "false"] : null;
        return words is null ? null : ($"one of {string.Join(", ", words)}", text =>
            !words.Contains(text) ? null : type.IsEnum ? JsonValue.Create(text) : JsonValue.Create(text == "true"));
    }
}
