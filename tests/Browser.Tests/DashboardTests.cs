using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The dashboard on the real server, with a real run.</summary>
public sealed partial class DashboardTests(Chromium chromium, ServedDashboard served)
{
    private const string Markup = "<img src=x onerror=alert(1)>";
    private const int Epochs = 20;
    private const float LongestRun = 600_000;

    private static readonly string[] Views =
        ["#/", "#/start", "#/datasets", "#/dataset/fashion-mnist", "#/models", "#/predict", "#/compare"];

    /// <summary>One run from the form to a prediction, as somebody does who sees the page for the first time.</summary>
    [Fact]
    public async Task Run_StartedByTheForm_GrowsEndsAndPredicts()
    {
        await using var page = await chromium.OpenAsync(1280);
        await page.Page.GotoAsync(served.Url());

        var id = await StartSmokeRunAsync(page);

        await GrowAsync(page);
        await Assertions.Expect(page["h1 ~ .meta .pill"]).Not.ToHaveTextAsync(new Regex("Pending|Running"), new() { Timeout = LongestRun });
        await Assertions.Expect(page["h1 ~ .meta .pill"]).ToContainTextAsync("Completed");
        await Assertions.Expect(page["td:has(> .pill)"]).ToHaveTextAsync([new Regex("Completed")]);
        await CheckFilesAsync(page);
        await OpenReportAsync(page, id);
        await PredictionChecks.RunAsync(page);
        await CheckRegistryAsync(page, id);
        foreach (var view in Views.Append($"#/run/{id}").Append($"#/compare/{id}/{id}"))
        {
            await CheckViewAsync(view);
        }

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Form_ImpossibleEpochs_SaysSoBesideTheField()
    {
        await using var page = await chromium.OpenAsync(390);
        await page.Page.GotoAsync(served.Url("#/start"));

        await page["input[data-model=model1]"].FillAsync("20000");
        await page["button[type=submit]"].ClickAsync();

        await Assertions.Expect(page["#problem-models"]).ToContainTextAsync("20000");
        await Assertions.Expect(page["input[data-model=model1]"]).ToBeFocusedAsync();
        await Assertions.Expect(page["input[data-model=model1]"]).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task Cancel_AfterConfirmation_StopsTheRun()
    {
        await using var page = await chromium.OpenAsync(1280);
        await page.Page.GotoAsync(served.Url("#/start"));
        await StartSmokeRunAsync(page, epochs: 300);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the run" }).ClickAsync();
        await page["#question-yes"].ClickAsync();

        await Assertions.Expect(page["h1 ~ .meta .pill"]).Not.ToHaveTextAsync(new Regex("Pending|Running"), new() { Timeout = LongestRun });
        await Assertions.Expect(page["h1 ~ .meta .pill"]).ToContainTextAsync("Cancelled");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Names_WithMarkup_ShowAsText()
    {
        await using var page = await chromium.OpenAsync(1280);
        const string Time = "2026-11-25T10:00:00Z";
        var version = new { runId = Markup, model = Markup, seed = 1, registeredAt = Time, labels = Markup, split = Markup };
        var run = new
        {
            id = Markup,
            status = Markup,
            createdAt = Time,
            preset = Markup,
            models = new[] { Markup },
            winner = Markup,
            error = Markup,
        };
        await AnswerAsync(page, "**/api/comparisons?*", new { items = new[] { run }, continuation = (string?)null });
        await AnswerAsync(page, "**/api/models", new { items = new[] { version }, continuation = (string?)null });
        await AnswerAsync(
            page, "**/api/models/champion",
            new { runId = Markup, model = Markup, seed = 2, promotedAt = Time, cause = Markup, reason = Markup, pValue = .5, version });

        await page.Page.GotoAsync(served.Url());
        await Assertions.Expect(page["tbody tr"]).ToContainTextAsync(Markup);
        await page.Page.GotoAsync(served.Url("#/models"));
        await Assertions.Expect(page["section:has(#versions) tbody tr"]).ToContainTextAsync(Markup);
        await Assertions.Expect(page[".champion"]).ToContainTextAsync($"Why: {Markup}");

        Assert.Equal(0, await page["img"].CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Key_OfTheAddress_GoesWithEveryRequest()
    {
        await using var page = await chromium.OpenAsync(1280);

        await page.Page.RunAndWaitForResponseAsync(
            () => page.Page.GotoAsync(served.Url("#/models", "?code=a%2Fb%2B")),
            response => response.Url.Contains("/api/models?", StringComparison.Ordinal));
        await Assertions.Expect(page["#versions"]).ToBeVisibleAsync();

        Assert.All(page.Requests, url => Assert.EndsWith("code=a%2Fb%2B", url.Split('#')[0], StringComparison.Ordinal));
        Assert.Contains(page.Requests, url => url.Contains("/api/models?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keyboard_AlongThePage_ReachesTheForm()
    {
        await using var page = await chromium.OpenAsync(1280);
        await page.Page.GotoAsync(served.Url());

        var seen = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            seen.Add(await page[":focus"].InnerTextAsync());
        }

        Assert.Equal(["Skip to the content", "ServerlessFashion", "Runs", "Data sets", "Models", "Predict", "Start a run"], seen);
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page["h1"]).ToBeFocusedAsync();
        await Assertions.Expect(page["h1"]).ToHaveTextAsync("Start a run");
    }

    private static async Task AnswerAsync(WatchedPage page, string url, object document) =>
        await page.Page.RouteAsync(url, route => route.FulfillAsync(new() { Json = document }));

    /// <summary>Fills in the form for one small model and gives the id of the run.</summary>
    private static async Task<string> StartSmokeRunAsync(WatchedPage page, int epochs = Epochs)
    {
        await page["nav a.primary"].ClickAsync();
        await page["input[value=smoke]"].CheckAsync();
        foreach (var box in await page["input[name=model]:not([value=model1])"].AllAsync())
        {
            await box.UncheckAsync();
        }

        await page["input[data-model=model1]"].FillAsync(epochs.ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(page[".sum"]).ToHaveTextAsync($"Trains 1 model: {epochs} epochs in all.");
        await page["button[type=submit]"].ClickAsync();
        await Assertions.Expect(page["h1"]).ToHaveTextAsync(new Regex("^Run "));
        return RunOfAddress().Match(page.Page.Url).Groups[1].Value;
    }

    /// <summary>Sees the curves with a few points, with more, and with all: one for each epoch.</summary>
    private static async Task GrowAsync(WatchedPage page)
    {
        var figure = page["figure >> nth=0"];
        var seen = new List<int> { 0 };
        while (seen[^1] < Epochs)
        {
            await Assertions.Expect(figure).ToHaveAttributeAsync(
                "data-points", new Regex($"^(?!{seen[^1]}$)"), new() { Timeout = LongestRun });
            seen.Add(int.Parse((await figure.GetAttributeAsync("data-points"))!, CultureInfo.InvariantCulture));
        }

        Assert.Equal(Epochs, seen[^1]);
        Assert.True(seen.Count > 3, $"The curves had {string.Join(", ", seen)} points; expected them to grow while the run trains.");
        Assert.Equal(seen.Order(), seen);
    }

    private static async Task OpenReportAsync(WatchedPage page, string id)
    {
        var report = await page.Page.Context.RunAndWaitForPageAsync(() => page["a.primary:has-text(\"Open the report\")"].ClickAsync());
        await report.WaitForLoadStateAsync();
        Assert.Contains(id, await report.InnerTextAsync("header"), StringComparison.Ordinal);
        Assert.NotEqual(0, await report.Locator("section#verdict").CountAsync());
        await report.CloseAsync();
    }

    private static async Task CheckRegistryAsync(WatchedPage page, string id)
    {
        await page["nav a:has-text(\"Models\")"].ClickAsync();
        // A list of one text waits for one row; the rows of the page before may still be there.
        await Assertions.Expect(page["section:has(#versions) tbody tr"]).ToContainTextAsync([id]);
        await Assertions.Expect(page[".champion"]).ToContainTextAsync("Model 1");
        // There is one champion only.
        await Assertions.Expect(page["button:has-text(\"Roll back\")"]).ToBeHiddenAsync();
    }

    /// <summary>Every file that the page of the run offers is there.</summary>
    private static async Task CheckFilesAsync(WatchedPage page)
    {
        var links = page["section:has(#mistakes) .links a"];
        await Assertions.Expect(links.First).ToBeVisibleAsync();
        foreach (var link in await links.AllAsync())
        {
            var address = await link.EvaluateAsync<string>("link => link.href");
            var answer = await page.Page.APIRequest.GetAsync(address);
            Assert.True(answer.Ok, $"{address}: {answer.Status}");
        }
    }

    private async Task CheckViewAsync(string view)
    {
        foreach (var (width, scheme) in new[] { (390, ColorScheme.Dark), (1280, ColorScheme.Light), (1920, ColorScheme.Dark) })
        {
            await using var page = await chromium.OpenAsync(width, scheme);
            await page.Page.GotoAsync(served.Url(view), new() { WaitUntil = WaitUntilState.NetworkIdle });

            Assert.True(await page.OverflowAsync() <= 0, $"{view} is wider than {width} pixels.");
            var barriers = await page.BarriersAsync();
            Assert.True(barriers.Length == 0, $"{view} at {width} pixels: {string.Join('\n', barriers)}");
            Assert.Empty(page.Complaints);
            Assert.All(
                page.Requests,
                url => Assert.StartsWith(served.Url().Replace("dashboard", "", StringComparison.Ordinal), url, StringComparison.Ordinal));
        }
    }

    [GeneratedRegex("#/run/(.+)$")]
    private static partial Regex RunOfAddress();
}
