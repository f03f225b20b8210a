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

    private static object Promotion(string run, string cause) => new
    {
        id = $"{run}/model1/seed-1",
        runId = run,
        model = "model1",
        seed = 1,
        promotedAt = run == "old" ? "2026-03-01T10:00:00Z" : "2026-03-02T10:00:00Z",
        cause,
        reason = "better",
        pValue = .01,
    };

    private static object Version(string run) => new
    {
        id = $"{run}/model1/seed-1",
        runId = run,
        model = "model1",
        seed = 1,
        registeredAt = "2026-03-01T10:00:00Z",
        labels = "five",
        split = "competition",
        validationAccuracy = .8,
        testAccuracy = .79,
        testImages = 10000,
        testMacroF1 = .78,
        parameters = 1000,
        sideInformation = false,
    };

    private static object Champion(string run) => new
    {
        runId = run,
        model = "model1",
        seed = 1,
        promotedAt = "2026-03-02T10:00:00Z",
        cause = "rule",
        reason = "better",
        pValue = .01,
        version = Version(run),
    };

    private async Task<AnsweredApi> OpenAsync(WatchedPage page, object[] promotions, object? previous)
    {
        var api = (await AnsweredApi.OnAsync(page))
            .On("GET models", new { items = new[] { Version("new"), Version("old") }, continuation = (string?)null })
            .On("GET models/champion", Champion("new"))
            .On("GET models/champion/history", new { items = promotions, continuation = (string?)null, previous });
        await page.Page.GotoAsync(served.Url("#/models"));
        await Assertions.Expect(page["section:has(#versions) tbody tr"]).ToHaveCountAsync(2);
        return api;
    }
}
