using System.Text.Json;

namespace ServerlessFashion.Api.Requests;

/// <summary>A value of an enumeration by its name in JSON, as a query parameter. The framework would take the names in C#.</summary>
internal readonly record struct Choice<T>(T Value) where T : struct, Enum
{
    public static bool TryParse(string? text, out Choice<T> choice)
    {
        var index = Choice.Names(typeof(T)).IndexOf(text ?? "");
        choice = index < 0 ? default : new Choice<T>(Enum.GetValues<T>()[index]);
        return index >= 0;
    }
}

/// <summary>Names of enumerations in JSON.</summary>
internal static class Choice
{
    public static List<string> Names(Type enumeration) => [.. Enum.GetNames(enumeration).Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>The enumeration of a <see cref="Choice{T}"/>; null for another type.</summary>
    public static Type? EnumerationOf(Type type)
    {
        var valueType = Nullable.GetUnderlyingType(type) ?? type;
        var isChoice = valueType.IsGenericType && valueType.GetGenericTypeDefinition() == typeof(Choice<>);
        return isChoice ? valueType.GetGenericArguments()[0] : null;
    }
}
