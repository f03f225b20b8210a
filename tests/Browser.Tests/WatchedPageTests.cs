using Xunit.Sdk;
using Xunit.v3;

namespace ServerlessFashion.Browser.Tests;

/// <summary>What the other tests look through must not be blind.</summary>
public sealed class WatchedPageTests(Chromium chromium)
{
    private const string Faulty = """
        <title></title><main><h1>One</h1><h1>Two</h1><h3>Three</h3><p id="a" style="color: #999; background: #fff">Pale</p><p id="a"></p>
        <input><label>Named <input></label><button></button><img src="data:,"><svg width="9" height="9"></svg>
        <table><tr><td>1</td></tr></table>
        <div style="width: 3000px">Wide</div></main>
        """;

    [Fact]
    public async Task Barriers_FaultyPage_AreAllFound()
    {
        await using var page = await chromium.OpenAsync(1280);
        await page.Page.SetContentAsync(Faulty);

        var rules = (await page.BarriersAsync()).Where(problem => !problem.StartsWith("axe ", StringComparison.Ordinal))
            .Select(problem => problem.Split(": <")[0]);

        Assert.Equal(
            [
                "the page has no language", "the page has no title", "expected one h1, found 2", "a heading level is left out",
                "the id a is used twice",
                "a field has no label", "a control has no name", "an image has no alt", "a graphic has no role",
                "a table has no header cells",
                // 2.85 is what WebAIM's contrast checker gives for #999999 on white.
                "contrast 2.85",
            ],
            rules);
    }

    [Fact]
    public async Task Barriers_FaultyPage_AreFoundByAxeToo()
    {
        Assert.SkipWhen(Axe.Script is null, "axe-core is not installed: run `npm ci`.");
        await using var page = await chromium.OpenAsync(1280);
        await page.Page.SetContentAsync(Faulty);

        var rules = (await page.BarriersAsync()).Where(problem => problem.StartsWith("axe ", StringComparison.Ordinal))
            .Select(problem => problem.Split(':')[0]["axe ".Length..]);

        Assert.Superset(
            new HashSet<string> { "button-name", "color-contrast", "document-title", "html-has-lang", "image-alt", "label" },
            rules.ToHashSet());
    }

    [Fact]
    public async Task Barriers_WithoutAxe_SkipTheTestAtItsEnd()
    {
        await using var opened = await chromium.OpenAsync(1280);
        await opened.Page.SetContentAsync(Faulty);
        var test = (IXunitTest)TestContext.Current.Test!;

        var problems = await new WatchedPage(opened.Page, axe: null).BarriersAsync();
        var skip = Record.Exception(() => new SkippedWithoutAxeAttribute().After(null!, test));

        Assert.Contains("the page has no title", problems);
        Assert.Contains("axe-core is not installed; run `npm ci`.", Assert.IsType<SkipException>(skip).Message, StringComparison.Ordinal);
        // This test was not without it.
        Assert.Null(Record.Exception(() => new SkippedWithoutAxeAttribute().After(null!, test)));
    }

    [Fact]
    public async Task Overflow_WidePage_IsMeasured()
    {
        await using var page = await chromium.OpenAsync(1280);
        await page.Page.SetContentAsync(Faulty);

        Assert.InRange(await page.OverflowAsync(), 1700, 1800);
    }

    [Fact]
    public async Task Requests_OutsidePictureAndError_AreKept()
    {
        await using var page = await chromium.OpenAsync(1280);
        await page.Page.RouteAsync("**/*", route => route.AbortAsync());

        await page.Page.SetContentAsync(
            "<img src='http://example.invalid/a.png' alt=''><script>console.error('wrong'); missing();</script>");

        Assert.Equal(["http://example.invalid/a.png"], page.Requests);
        Assert.Contains(page.Complaints, complaint => complaint.StartsWith("error: wrong", StringComparison.Ordinal));
        Assert.Contains(page.Complaints, complaint => complaint.Contains("missing is not defined", StringComparison.Ordinal));
    }
}
