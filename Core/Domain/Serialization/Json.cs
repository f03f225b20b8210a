using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessFashion.Serialization;

/// <summary>The one JSON dialect of the system: camelCase names, enums as camelCase strings, nulls written.</summary>
public static class Json
{
    /// <summary>For files and HTTP bodies that people read.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <summary>For single-line messages and table cells.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    /// <summary>Makes <paramref name="options"/> of <see cref="JsonSerializerDefaults.Web"/> follow the dialect.</summary>
    public static void Apply(JsonSerializerOptions options, bool indented)
    {
        options.TypeInfoResolver ??= new DefaultJsonTypeInfoResolver();
        options.WriteIndented = indented;
        options.Encoder = JavaScriptEncoder.Default;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new ModelSpecJson(options));
    }

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options, indented);
        return options;
    }
}
