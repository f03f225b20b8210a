using Microsoft.Playwright;
using ServerlessFashion.Reporting;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Tests;
using SkiaSharp;

namespace ServerlessFashion.Browser.Tests;

/// <summary>A box that scrolls sideways shades the edge behind which there is more.</summary>
public sealed class ScrollHintTests(Chromium chromium, ServedDashboard served) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Report_WideTable_ShadesTheEdgeBehindWhichThereIsMore(ColorScheme scheme)
    {
        await using var page = await chromium.OpenAsync(390, scheme);
        var input = SyntheticReport.Input();
        var file = ReportFiles.Render(ReportBuilder.Build(input), input).First(file => file.Path == "index.html");
        var path = _folder.File(file.Path);
        await File.WriteAllBytesAsync(path, file.Content, TestContext.Current.CancellationToken);
        await page.Page.GotoAsync(new Uri(path).AbsoluteUri);

        await CheckAsync(page["#verdict .scroll >> nth=0"]);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Dashboard_WideFigure_ShadesTheEdgeBehindWhichThereIsMore(ColorScheme scheme)
    {
        await using var page = await chromium.OpenAsync(390, scheme);
        var api = await AnsweredApi.OnAsync(page);
        api.On("GET comparisons", new { items = Array.Empty<object>(), continuation = (string?)null });
        foreach (var (id, preset, seed) in new[] { ("a", "smoke", 1), ("b", "quick", 2) })
        {
            var run = RunDocuments.Run(id, "completed", ($"model{seed}", seed));
            // Every setting that differs has an axis; six of them are wider than the window.
            run["configuration"] = new Dictionary<string, object?>(RunDocuments.Configuration($"model{seed}"))
            {
                ["preset"] = preset,
                ["trainLimit"] = 1000 * seed,
            };
            api.On($"GET comparisons/{id}", run)
                .On($"GET comparisons/{id}/metrics", request => new AnsweredApi.Answer(RunDocuments.Metrics(request)));
        }

        await page.Page.GotoAsync(served.Url("#/compare/a/b"));

        await CheckAsync(page["section:has(#parallel) .scroll"]);
    }

    private static async Task CheckAsync(ILocator box)
    {
        await Assertions.Expect(box).ToBeVisibleAsync();
        var hidden = await box.EvaluateAsync<int>("box => box.scrollWidth - box.clientWidth");
        Assert.InRange(hidden, 60, 5000);

        var start = await EdgesAsync(box);
        await box.EvaluateAsync("box => box.scrollLeft = box.scrollWidth / 2 - box.clientWidth / 2");
        var middle = await EdgesAsync(box);
        await box.EvaluateAsync("box => box.scrollLeft = box.scrollWidth");
        var end = await EdgesAsync(box);

        // The inner ground is that of the section; an edge with more behind it is clearly darker.
        Assert.InRange(start.Left - start.Inner, -1, 1);
        Assert.InRange(start.Right - start.Inner, -255, -10);
        Assert.InRange(middle.Left - middle.Inner, -255, -10);
        Assert.InRange(middle.Right - middle.Inner, -255, -10);
        Assert.InRange(end.Left - end.Inner, -255, -10);
        Assert.InRange(end.Right - end.Inner, -1, 1);
    }

    /// <summary>The commonest brightness at both edges of a box and in its middle: that of the ground, as texts cover less.</summary>
    private static async Task<(int Left, int Right, int Inner)> EdgesAsync(ILocator box)
    {
        using var picture = SKBitmap.Decode(await box.ScreenshotAsync());
        int Ground(int x) => Enumerable.Range(0, picture.Height).Select(y => (int)picture.GetPixel(x, y).Green)
            .GroupBy(green => green).MaxBy(same => same.Count())!.Key;
        return (Ground(1), Ground(picture.Width - 2), Ground(picture.Width / 2));
    }
}
