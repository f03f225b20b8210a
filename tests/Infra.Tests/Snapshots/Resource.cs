using System.Text.Json;

namespace ServerlessFashion.Infra.Tests.Snapshots;

/// <summary>One predicted resource. Values that Azure computes are expressions in brackets.</summary>
internal sealed record Resource(string Id, string Type, string Name, JsonElement Json)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Last segment of the name, for example of a container.</summary>
    public string ShortName => Name[(Name.LastIndexOf('/') + 1)..];

    public static Resource From(JsonElement json) => new(
        json.GetProperty("id").GetString()!, json.GetProperty("type").GetString()!, json.GetProperty("name").GetString()!, json);

    /// <summary>The whole resource as a typed record.</summary>
    public T As<T>() => Json.Deserialize<T>(Options)!;

    /// <summary>Its properties as a typed record.</summary>
    public T Properties<T>() => Json.GetProperty("properties").Deserialize<T>(Options)!;
}
