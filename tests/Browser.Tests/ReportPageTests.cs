using Microsoft.Playwright;
using ServerlessFashion.Reporting;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The report as people open it: a file on their disk.</summary>
public sealed class ReportPageTests(Chromium chromium) : IDisposable
{
    private const string Markup = "<img src=x onerror=alert(1)>";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    [InlineData(1920, ColorScheme.Dark)]
    public async Task Open_FromAFile_NeedsNothingElseAndFits(int width, ColorScheme scheme)
    {
        await using var page = await chromium.OpenAsync(width, scheme);
        var input = SyntheticReport.Input();
        // As a build from a clone has it: with the whole name of the commit.
        var environment = input.Environment with { Version = "0.1.0+951f4c306ae515a66b74054298ecc7e05d055d05" };
        var file = await WriteAsync(input with { Environment = environment });

        await page.Page.GotoAsync(file);

        Assert.Equal([file], page.Requests);
        Assert.Empty(page.Complaints);
        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
        Assert.Empty(await page.BarriersAsync());
        Assert.InRange(await page["main > section"].CountAsync(), 11, 14);
    }

    /// <summary>Raw JSON and layer tables are long; a reader opens them, and a printed report leaves them out.</summary>
    [Fact]
    public async Task Open_LongLists_AreFoldedAndNotPrinted()
    {
        await using var page = await chromium.OpenAsync(390);
        await page.Page.GotoAsync(await WriteAsync(SyntheticReport.Input()));

        Assert.False(await page["#provenance pre"].IsVisibleAsync());
        await page["#provenance summary"].ClickAsync();
        Assert.True(await page["#provenance pre"].IsVisibleAsync());
        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
        Assert.Equal(4, await page["#architecture details"].CountAsync());

        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.False(await page["#provenance details"].IsVisibleAsync());
    }

    [Fact]
    public async Task Open_Footer_LinksTheFilesBesideThePage()
    {
        await using var page = await chromium.OpenAsync(1280);
        var input = SyntheticReport.Input();
        await page.Page.GotoAsync(await WriteAsync(input));

        var linked = await page["footer a"].EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");

        Assert.Contains("report.json", linked);
        Assert.Contains("tables/ranking.csv", linked);
        Assert.Empty(linked.Except(ReportFiles.RenderText(ReportBuilder.Build(input), input).Select(file => file.Path)));
    }

    [Fact]
    public async Task Open_NamesWithMarkup_ShowAsText()
    {
        await using var page = await chromium.OpenAsync(1280);
        var run = SyntheticReport.Input();

        await page.Page.GotoAsync(await WriteAsync(run with
        {
            Evaluations = [run.Evaluations[0] with { Name = Markup }, run.Evaluations[1]],
            Failures = [new ModelFailure(Markup, 1, Markup)],
        }));

        Assert.Equal(0, await page["img[src=x]"].CountAsync());
        Assert.Contains(Markup, await page["#verdict"].InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Tab_FromTheTop_SkipsToTheReport()
    {
        await using var page = await chromium.OpenAsync(1280);
        await page.Page.GotoAsync(await WriteAsync(SyntheticReport.Input()));

        await page.Page.Keyboard.PressAsync("Tab");

        Assert.Equal("Skip to the report", await page[":focus"].InnerTextAsync());
    }

    /// <summary>The page alone, in an empty folder: whatever else it needed would be missing.</summary>
    private async Task<string> WriteAsync(ReportInput input)
    {
        var page = ReportFiles.Render(ReportBuilder.Build(input), input).First(file => file.Path == "index.html");
        var path = _folder.File(page.Path);
        await File.WriteAllBytesAsync(path, page.Content, TestContext.Current.CancellationToken);
        return new Uri(path).AbsoluteUri;
    }
}
