using System.Text.Json;
using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The page of a run none of whose trainings has ended an epoch.</summary>
public sealed class RunWithoutEpochsTests(Chromium chromium, ServedDashboard served)
{
    [Theory]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public async Task Open_RunThatHasEnded_SaysSoAndDrawsNoAxes(string status)
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, Run(status));

        await Assertions.Expect(page["section:has(#curves)"]).ToContainTextAsync("No epoch has ended.");
        await Assertions.Expect(page[".facts dd:text-is(\"no epoch has ended\")"]).ToBeVisibleAsync();
        await Assertions.Expect(page["main"]).Not.ToContainTextAsync("ended yet");
        await Assertions.Expect(page["figure:visible"]).ToHaveCountAsync(0);
        await Assertions.Expect(page["section:has(#curves) details"]).ToBeHiddenAsync();
        Assert.Empty(await page.BarriersAsync());
        Assert.Empty(page.Complaints);
    }

    /// <summary>The axes of accuracy and loss are there when the first epoch ends, also after a resume.</summary>
    [Fact]
    public async Task Resume_RunThatHasEnded_ShowsTheAxes()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await OpenAsync(page, Run("cancelled"));
        await Assertions.Expect(page["figure:visible"]).ToHaveCountAsync(0);
        api.On($"POST comparisons/{RunPage.Id}/resume", _ =>
        {
            api.On($"GET comparisons/{RunPage.Id}", Run("running"));
            return new AnsweredApi.Answer(new { id = RunPage.Id, status = "pending" }, 202);
        });

        await page["button:text-is(\"Resume\")"].ClickAsync();

        await Assertions.Expect(page[".facts dd:text-is(\"no epoch has ended yet\")"]).ToBeVisibleAsync();
        await Assertions.Expect(page["figure canvas:visible"]).ToHaveCountAsync(2);
        await Assertions.Expect(page["section:has(#curves) .empty"]).ToBeHiddenAsync();
    }

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
