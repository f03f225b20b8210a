using System.Text.Json;
using Microsoft.Playwright;
using ServerlessFashion.Data;
using ServerlessFashion.Reporting;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Browser.Tests;

/// <summary>No label of a chart covers another one.</summary>
public sealed class LabelsTests(Chromium chromium, ServedDashboard served) : IDisposable
{
    private const string Charts = "figure > svg, figure svg:not(svg svg)";

    private static readonly (string Model, int Seed)[] Trainings =
    [
        ("model1", 1), ("model4-annealed", 2), ("resnet50-finetuned", 1),
        ("strong-garments", 3), ("resnet18-random", 1), ("model4-slim", 2),
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Long names, many labels, and points that are close to each other.</summary>
    public static TheoryData<string, int> Reports => new(
        from report in new[] { "four models", "garments", "pruned", "seeds", "long" }
        from width in new[] { 390, 1280 }
        select (report, width));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Report_EachChart_HasNoLabelOverAnother(string report, int width)
    {
        var input = report switch
        {
            "garments" => SyntheticReport.Input(labels: LabelScheme.Garments),
            "pruned" => SyntheticReport.Pruned(),
            "seeds" => SyntheticReport.Input(seeds: 3),
            "long" => SyntheticReport.Input(epochs: 150),
            _ => SyntheticReport.Input(),
        };
        await using var page = await chromium.OpenAsync(width);
        var file = ReportFiles.Render(ReportBuilder.Build(input), input).First(file => file.Path == "index.html");
        var path = _folder.File(file.Path);
        await File.WriteAllBytesAsync(path, file.Content, TestContext.Current.CancellationToken);

        await page.Page.GotoAsync(new Uri(path).AbsoluteUri);

        Assert.InRange(await page[Charts].CountAsync(), 15, 60);
        Assert.Empty(await page.OverlapsAsync(Charts));
    }

    /// <summary>Two runs that differ in every setting, and models with long names.</summary>
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Compare_ParallelCoordinates_HaveNoLabelOverAnother(int width)
    {
        await using var page = await chromium.OpenAsync(width);
        var (first, second) = (RunDocuments.Run("a", "completed", Trainings[..3]), RunDocuments.Run("b", "completed", Trainings[3..]));
        second["preset"] = "report";
        second["configuration"] = new Dictionary<string, object?>(RunDocuments.Configuration())
        {
            ["preset"] = "report",
            ["labels"] = "garments",
            ["trainLimit"] = null,
            ["models"] = Trainings[3..].Select((training, index) => new
            {
                name = training.Model,
                batchSize = 64,
                trainLimit = (int?)null,
                phases = new[] { new { name = "all", epochs = 400, learningRate = 3e-5 * (1 + index), weightDecay = 5e-4 } },
            }).ToArray(),
        };
        var trainings = JsonSerializer.SerializeToNode(second["models"])!.AsArray();
        foreach (var training in trainings)
        {
            training!["epochs"] = 400;
            training["best"]!["epoch"] = 387;
            training["secondsPerEpoch"] = 4_321.5;
            training["validationAccuracy"] = .9312;
            training["testAccuracy"] = .9;
        }

        second["models"] = trainings;
        var api = await AnsweredApi.OnAsync(page);
        api.On("GET comparisons", new { items = new[] { RunDocuments.Summary("a"), RunDocuments.Summary("b") } });
        foreach (var (id, run) in new[] { ("a", first), ("b", second) })
        {
            api.On($"GET comparisons/{id}", run)
                .On($"GET comparisons/{id}/metrics", request => new AnsweredApi.Answer(RunDocuments.Metrics(request)));
        }

        await page.Page.GotoAsync(served.Url("#/compare/a/b"));

        await Assertions.Expect(page[".parallel"]).ToHaveCountAsync(Trainings.Length);
        await Assertions.Expect(page[".axis-name"]).ToHaveCountAsync(13);
        Assert.Empty(await page.OverlapsAsync("svg[aria-label='Parallel coordinates']"));
    }

    /// <summary>The upright boxes of both slanted texts meet; the texts do not.</summary>
    [Fact]
    public async Task Overlaps_OfTextsThatMeet_AreFound()
    {
        await using var page = await chromium.OpenAsync(1280);
        await page.Page.SetContentAsync("""
            <svg aria-label="meets" width="300" height="100"><text x="10" y="20">first label</text><text x="30" y="24">second</text>
              <text x="150" y="20">apart</text></svg>
            <svg aria-label="slanted" width="300" height="200"><g transform="translate(50 150) rotate(-40)"><text>a long label</text></g>
              <g transform="translate(90 150) rotate(-40)"><text>a long label</text></g></svg>
            <svg aria-label="scaled" width="30" height="60" viewBox="0 0 300 600"><text x="10" y="20" font-size="20">up</text>
              <text x="10" y="36" font-size="20">down</text></svg>
            """);

        Assert.StartsWith(
            "meets: \"first label\" and \"second\"", Assert.Single(await page.OverlapsAsync("svg")), StringComparison.Ordinal);
    }
}
