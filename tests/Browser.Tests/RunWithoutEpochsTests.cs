using System.Text.Json;
using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The page of a run none of whose trainings has ended an epoch.</summary>
public sealed class RunWithoutEpochsTests(Chromium chromium, ServedDashboard served)
{
    /// <summary>Before its start a run has only the time of its creation.</summary>
    [Fact]
    public async Task Open_PendingRun_SaysWhenItWasCreated()
    {
        await using var page = await chromium.OpenAsync(390);
        var run = Run("pending");
        run["startedAt"] = null;
        await OpenAsync(page, run);

        await Assertions.Expect(page[".view-head"]).ToContainTextAsync("created 1 Mar 2026, 12:00");
    }

    private static Dictionary<string, object?> Run(string status)
    {
        var run = RunDocuments.Run(RunPage.Id, status, ("model1", 1));
        var trainings = JsonSerializer.SerializeToNode(run["models"])!.AsArray();
        trainings[0]!["epoch"] = 0;
        trainings[0]!["best"] = trainings[0]!["last"] = trainings[0]!["secondsPerEpoch"] = null;
        run["models"] = trainings;
        return run;
    }

    private async Task<AnsweredApi> OpenAsync(WatchedPage page, Dictionary<string, object?> run)
    {
        var api = (await AnsweredApi.OnAsync(page)).On($"GET comparisons/{RunPage.Id}", run);
        await page.Page.GotoAsync(served.Url($"#/run/{RunPage.Id}"));
        await Assertions.Expect(page["section:has(#trainings) tbody tr"]).ToHaveCountAsync(1);
        return api;
    }
}
