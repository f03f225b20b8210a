using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The filters of the list of runs: each asks the server, and the address keeps it.</summary>
public sealed class RunFilterTests(Chromium chromium, ServedDashboard served)
{
    [Theory]
    [InlineData("Model", "Model 3", "model", "model3")]
    [InlineData("Data set", "shapes", "dataset", "shapes")]
    [InlineData("Data set", "fashion-mnist", "dataset", "fashion-mnist")]
    [InlineData("Created", "Last 7 days", "since", "7d")]
    public async Task Choose_OneFilter_AsksForItAndComesBackWithTheAddress(string label, string choice, string field, string value)
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await RunListPage.OpenAsync(page, served, "", [RunDocuments.Summary("a")]);
        var select = Select(page, label);

        await page.Page.RunAndWaitForResponseAsync(
            () => select.SelectOptionAsync(new SelectOptionValue { Label = choice }),
            response => response.Url.Contains($"{field}={value}", StringComparison.Ordinal));

        Assert.Equal(new[] { field, "order", "sort", "top" }.Order(), api.Last("GET comparisons").Query.Keys.Order());
        Assert.Equal(value, api.Last("GET comparisons").Query[field]);
        Assert.EndsWith($"#/?{field}={value}", page.Page.Url, StringComparison.Ordinal);
        await page.Page.ReloadAsync();
        await Assertions.Expect(select).ToHaveValueAsync(value);
        await page["button:text-is(\"Clear\")"].ClickAsync();
        await Assertions.Expect(select).ToHaveValueAsync("");
        Assert.EndsWith("#/", page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    /// <summary>A data set can be removed while its runs stay.</summary>
    [Fact]
    public async Task Open_FilterOfARemovedDataSet_IsShown()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await RunListPage.OpenAsync(page, served, "#/?dataset=gone", [RunDocuments.Summary("a")]);

        await Assertions.Expect(Select(page, "Data set").Locator("option")).ToHaveTextAsync(
            ["Any data set", "fashion-mnist", "shapes", "gone"]);
        await Assertions.Expect(Select(page, "Data set")).ToHaveValueAsync("gone");
        Assert.Equal("gone", api.Last("GET comparisons").Query["dataset"]);
    }

    [Fact]
    public async Task Tag_OfARow_FiltersUntilItIsTakenAway()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await RunListPage.OpenAsync(page, served, "", [Tagged(RunDocuments.Summary("a"))]);

        await page.Page.RunAndWaitForResponseAsync(
            () => page["tbody .tag"].ClickAsync(), response => response.Url.Contains("tag=two+words", StringComparison.Ordinal));

        await page.AtAsync("#/?tag=two+words");
        Assert.Equal("two words", api.Last("GET comparisons").Query["tag"]);
        await page[".filters .tag"].ClickAsync();
        await Assertions.Expect(page[".filters .tag"]).ToBeHiddenAsync();
        Assert.EndsWith("#/", page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Tag_OfTheRunPage_LeadsToTheFilteredList()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await RunListPage.OpenAsync(page, served, "", [Tagged(RunDocuments.Summary("a"))]);
        api.On("GET comparisons/a", Tagged(RunDocuments.Run("a", "failed", ("model1", 1))))
            .On("GET comparisons/a/metrics", request => new AnsweredApi.Answer(RunDocuments.Metrics(request)));
        await page["a:text-is(\"a\")"].ClickAsync();

        await page[".about .tag"].ClickAsync();

        await Assertions.Expect(page[".filters .tag"]).ToContainTextAsync("Tag: two words");
        await Assertions.Expect(page["tbody tr"]).ToHaveCountAsync(1);
        Assert.Equal("two words", api.Last("GET comparisons").Query["tag"]);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Filters_OfEveryKind_FitBesideEachOther(int width)
    {
        await using var page = await chromium.OpenAsync(width, ColorScheme.Dark);
        await RunListPage.OpenAsync(page, served, "#/?dataset=shapes&tag=one", [RunDocuments.Summary("a")]);

        await Assertions.Expect(page[".filters select"]).ToHaveCountAsync(5);
        foreach (var field in await page[".filters .field"].AllAsync())
        {
            var box = (await field.BoundingBoxAsync())!;
            Assert.InRange(box.Width, 110, width);
            Assert.InRange(box.X + box.Width, 0, width);
        }

        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
        Assert.Empty(await page.BarriersAsync());
    }

    [Theory]
    [InlineData(390)]
    [InlineData(500)]
    [InlineData(1280)]
    public async Task Filters_LongestChoice_IsShownWhole(int width)
    {
        await using var page = await chromium.OpenAsync(width);
        await RunListPage.OpenAsync(page, served, "", [RunDocuments.Summary("a")]);
        await Assertions.Expect(Select(page, "Data set").Locator("option")).ToHaveCountAsync(3);

        var cut = await page[".filters select"].EvaluateAllAsync<string[]>("""
            selects => selects.filter(select => {
              const whole = select.cloneNode(true);
              Object.assign(whole.style, { position: "absolute", width: "max-content", maxWidth: "none" });
              document.body.append(whole);
              const needed = whole.offsetWidth;
              whole.remove();
              return needed > select.offsetWidth;
            }).map(select => select.parentElement.firstChild.textContent)
            """);

        Assert.Empty(cut);
        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
    }

    /// <summary>24 times 16 px are 384 px; the window of 390 px has less room.</summary>
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Filters_VeryLongNameOfADataSet_HasALimit(int width)
    {
        await using var page = await chromium.OpenAsync(width);

        await RunListPage.OpenAsync(page, served, $"#/?dataset={new string('x', 200)}", [RunDocuments.Summary("a")]);

        var box = (await Select(page, "Data set").BoundingBoxAsync())!;
        Assert.InRange(box.Width, 300, 384);
        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
    }

    private static ILocator Select(WatchedPage page, string label) => page[$".filters label:has(> span:text-is(\"{label}\")) select"];

    private static Dictionary<string, object?> Tagged(Dictionary<string, object?> run) => new(run) { ["tags"] = new[] { "two words" } };
}
