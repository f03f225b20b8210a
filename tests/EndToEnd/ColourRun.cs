using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ServerlessFashion.Tests;

namespace ServerlessFashion.EndToEnd;

/// <summary>A finished comparison on an imported colour set, once for all tests of its doors.</summary>
public sealed class ColourRun(ServedSystem system)
{
    public const string Name = "discs";

    /// <summary>Pictures of each class.</summary>
    public const int PerClass = 80;

    private readonly Lazy<Task<(JsonElement Set, JsonElement Run)>> _finished = new(() => RunAsync(system));

    /// <summary>The description of the set that the import gave, and the completed run.</summary>
    public Task<(JsonElement Set, JsonElement Run)> GetAsync()
    {
        system.Require();
        return _finished.Value;
    }

    private static async Task<(JsonElement, JsonElement)> RunAsync(ServedSystem system)
    {
        using var zip = new ByteArrayContent(ColourDiscs.Zip(PerClass));
        zip.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        var set = await system.SendAsync(HttpMethod.Post, $"datasets?name={Name}", zip, HttpStatusCode.Created);
        var id = await system.StartRunAsync(
            """{"dataset": "discs", "preset": "smoke", "models": ["model1"], "epochs": {"model1": 12}}""");
        return (set, await system.WaitForStatusAsync(id, "completed"));
    }
}
