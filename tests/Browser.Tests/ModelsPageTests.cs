using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The registry: the champion and those before it.</summary>
public sealed class ModelsPageTests(Chromium chromium, ServedDashboard served)
{
    [Fact]
    public async Task RollBack_NothingPrecedes_IsNotOffered()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, [Promotion("new", "first")], previous: null);

        await Assertions.Expect(page[".champion"]).ToContainTextAsync("Model 1");
        await Assertions.Expect(page["button:has-text(\"Roll back\")"]).ToBeHiddenAsync();
        await Assertions.Expect(page["#history"]).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task RollBack_AChampionPrecedes_NamesItAndGoesBack(int width, ColorScheme scheme)
    {
        await using var page = await chromium.OpenAsync(width, scheme);
        var api = await OpenAsync(page, [Promotion("new", "rule"), Promotion("old", "first")], Promotion("old", "first"));

        await Assertions.Expect(page["section:has(#history) tbody th"]).ToHaveTextAsync(["Model 1, seed 1 (now)", "Model 1, seed 1"]);
        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
        Assert.Empty(await page.BarriersAsync());
        api.On("POST models/champion/roll-back", Champion("old"));
        await page["button:text-is(\"Roll back to Model 1 of run old\")"].ClickAsync();
        await page["#question-yes"].ClickAsync();

        await Assertions.Expect(page["#live"]).ToHaveTextAsync("Model 1 of run old is the champion again.");
    }

    [Fact]
    public async Task Open_ModelWithALongTitle_ShowsEveryColumn()
    {
        const string Model = "strong-garments";
        const string Oldest = "20260301-120000-a1b2";
        const string Newest = "20260301-140000-c3d4";
        await using var page = await chromium.OpenAsync(1280);
        object[] promotions = [Promotion(Newest, "rollBack", Model), Promotion(Oldest, "rollBack", Model)];
        await OpenAsync(page, promotions, previous: null, Model, Newest, Oldest);

        await Assertions.Expect(page["#versions ~ .scroll tbody th >> nth=0"]).ToContainTextAsync("Strong small network on garments");
        var hidden = await page[".scroll:visible"].EvaluateAllAsync<int[]>("boxes => boxes.map(box => box.scrollWidth - box.clientWidth)");
        Assert.Equal([0, 0], hidden);
        Assert.Empty(await Words.BrokenAsync(page[".scroll th"]));
        await Assertions.Expect(page["button:has-text(\"Promote\"):visible"]).ToHaveCountAsync(1);
    }

    private static object Promotion(string run, string cause, string model = "model1") => new
    {
        id = $"{run}/{model}/seed-1",
        runId = run,
        model,
        seed = 1,
        promotedAt = run is "old" or "20260301-120000-a1b2" ? "2026-03-01T10:00:00Z" : "2026-03-02T10:00:00Z",
        cause,
        reason = "better",
        pValue = .01,
    };

    private static object Version(string run, string model = "model1") => new
    {
        id = $"{run}/{model}/seed-1",
        runId = run,
        model,
        seed = 1,
        registeredAt = "2026-03-01T10:00:00Z",
        labels = "five",
        split = "competition",
        validationAccuracy = .8,
        testAccuracy = .79,
        testImages = 10000,
        testMacroF1 = .78,
        parameters = 1_234_567,
        sideInformation = false,
    };

    private static object Champion(string run, string model = "model1") => new
    {
        runId = run,
        model,
        seed = 1,
        promotedAt = "2026-03-02T10:00:00Z",
        cause = "rule",
        reason = "better",
        pValue = .01,
        version = Version(run, model),
    };

    private async Task<AnsweredApi> OpenAsync(
        WatchedPage page, object[] promotions, object? previous, string model = "model1", string newest = "new", string oldest = "old")
    {
        var api = (await AnsweredApi.OnAsync(page))
            .On("GET models", new { items = new[] { Version(newest, model), Version(oldest, model) }, continuation = (string?)null })
            .On("GET models/champion", Champion(newest, model))
            .On("GET models/champion/history", new { items = promotions, continuation = (string?)null, previous });
        await page.Page.GotoAsync(served.Url("#/models"));
        await Assertions.Expect(page["section:has(#versions) tbody tr"]).ToHaveCountAsync(2);
        return api;
    }
}
