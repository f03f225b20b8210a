using ServerlessFashion.Data;
using ServerlessFashion.Reporting;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Browser.Tests;

/// <summary>No label of a chart covers another one.</summary>
public sealed class LabelsTests(Chromium chromium) : IDisposable
{
    private const string Charts = "figure > svg, figure svg:not(svg svg)";

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
