using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ServerlessFashion.Tests;

namespace ServerlessFashion.EndToEnd;

/// <summary>Cross-validations of a small colour set: 10 of 60 images are for the test, and 50 are dealt to the folds.</summary>
public sealed class FoldsTests(ServedSystem system)
{
    private const string Name = "folded";
    private const int PerClass = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Comparison_InFoldsWithClassWeights_TrainsOncePerFold()
    {
        system.Require();
        await RegisterAsync();

        var id = await system.StartRunAsync(
            """
            {"dataset": "folded", "preset": "smoke", "models": ["model1"], "epochs": {"model1": 1}, "folds": 3, "classWeights": true}
            """);
        await system.WaitForStatusAsync(id, "completed");

        var report = await system.GetAsync($"comparisons/{id}/report/report.json");
        var configuration = report.GetProperty("configuration");
        Assert.Equal((3, true), (configuration.GetProperty("folds").GetInt32(), configuration.GetProperty("classWeights").GetBoolean()));
        var models = report.GetProperty("models").EnumerateArray().ToList();
        Assert.Equal([1, 2, 3], models.Select(model => model.GetProperty("seed").GetInt32()));
        Assert.Equal([33, 33, 34], models.Select(model => model.GetProperty("trainImages").GetInt32()));
        var rank = report.GetProperty("comparison").GetProperty("ranking")[0];
        Assert.Equal(
            models.Average(model => model.GetProperty("validation").GetProperty("accuracy").GetDouble()),
            rank.GetProperty("meanValidationAccuracy").GetDouble(), 1e-9);
        var text = await system.Http.GetStringAsync($"comparisons/{id}/report/report.md", Cancellation);
        Assert.Contains("Bengio and Grandvalet", text, StringComparison.Ordinal);

        var split = JsonDocument.Parse(await system.WaitForBlobAsync("runs", $"{id}/split.json")).RootElement;
        var folds = split.GetProperty("folds").EnumerateArray().Select(Rows).ToList();
        Assert.Equal([17, 17, 16], folds.Select(fold => fold.Length));
        // Disjoint, and complete with the test images.
        Assert.Equal(
            Enumerable.Range(0, 3 * PerClass), folds.SelectMany(fold => fold).Concat(Rows(split.GetProperty("test"))).Order());

        static int[] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.GetInt32())];
    }

    /// <summary>Of 20 images of a class at most 4 are for the test, so 20 folds would miss one.</summary>
    [Theory]
    [InlineData("""{"dataset": "folded", "folds": 20, "preset": "smoke"}""", "and each of 20 folds needs one")]
    [InlineData("""{"dataset": "folded", "folds": 3, "preset": "smoke", "seeds": 2}""", "leave seeds or folds out")]
    public async Task Comparison_FoldsThatCannotBe_IsRefusedBeforeItIsAccepted(string options, string expected)
    {
        system.Require();
        await RegisterAsync();

        var problem = await system.SendAsync(HttpMethod.Post, "comparisons", ServedSystem.Json(options), HttpStatusCode.BadRequest);

        Assert.Contains(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("#/folds", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    /// <summary>The tests may come in any order. A set that a run uses is not replaced.</summary>
    private async Task RegisterAsync()
    {
        using var known = await system.Http.GetAsync($"datasets/{Name}", Cancellation);
        if (known.IsSuccessStatusCode)
        {
            return;
        }

        using var zip = new ByteArrayContent(ColourDiscs.Zip(PerClass));
        zip.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        await system.SendAsync(HttpMethod.Post, $"datasets?name={Name}", zip, HttpStatusCode.Created);
    }
}
