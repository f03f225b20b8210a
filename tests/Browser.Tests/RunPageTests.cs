using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The page of one run.</summary>
public sealed class RunPageTests(Chromium chromium, ServedDashboard served)
{
    private const string Id = RunPage.Id;

    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1920, ColorScheme.Dark)]
    public async Task Open_CompletedRun_ShowsWhereItsModelsAreWrong(int width, ColorScheme scheme)
    {
        await using var page = await chromium.OpenAsync(width, scheme);
        await OpenAsync(page, "completed", ("model1", 1), ("model3", 1));

        await Assertions.Expect(page[".matrix .right"]).ToHaveTextAsync(Enumerable.Repeat(new Regex("^50"), 5));
        await Assertions.Expect(page["section:has(#mistakes) .cards tbody tr"]).ToContainTextAsync(["77"]);
        await page.Page.GetByLabel("Model", new() { Exact = true }).SelectOptionAsync("Model 1");
        await Assertions.Expect(page[".matrix .right"]).ToHaveTextAsync(Enumerable.Repeat(new Regex("^40"), 5));
        await Assertions.Expect(page["a[href$=\"models/model3/export?seed=1\"]"]).ToBeVisibleAsync();
        await Assertions.Expect(page["a[href$=\"tables/ranking.csv\"]"]).ToBeVisibleAsync();
        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
        Assert.Empty(await page.BarriersAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Curves_BestEpoch_IsMarkedAndTold()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, "completed", ("model1", 1));

        await Assertions.Expect(page["figure [role=img] >> nth=0"]).ToHaveAttributeAsync(
            "aria-label",
            "Accuracy. Model 1, validation 77.0 % after 12 epochs, best in epoch 9; Model 1, training 76.0 % after 12 epochs.");
        await Assertions.Expect(page["section:has(#curves) .lead"]).ToContainTextAsync("with dropout on");
        await page[".plot >> nth=0"].FocusAsync();
        foreach (var _ in Enumerable.Range(0, 9))
        {
            await page.Page.Keyboard.PressAsync("ArrowRight");
        }

        await Assertions.Expect(page[".readout >> nth=0"]).ToHaveTextAsync(new Regex("Epoch 9.*80.0 %.*best epoch"));
    }

    [Fact]
    public async Task Curves_ZoomSmoothingAndLogarithm_ChangeAllFigures()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, "completed", ("model1", 1));
        var (accuracy, loss) = (page["figure >> nth=0"], page["figure >> nth=1"]);
        await Assertions.Expect(accuracy).ToHaveAttributeAsync("data-to", "12");

        var box = (await accuracy.Locator(".u-over").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + (box.Width * .25f), box.Y + 50);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + (box.Width * .75f), box.Y + 60, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();

        foreach (var figure in new[] { accuracy, loss })
        {
            await Assertions.Expect(figure).ToHaveAttributeAsync("data-from", "4");
            await Assertions.Expect(figure).ToHaveAttributeAsync("data-to", "9");
        }

        await page[".plot >> nth=1"].PressAsync("0");
        await Assertions.Expect(loss).ToHaveAttributeAsync("data-from", "1");
        await page.Page.GetByLabel("Logarithmic loss").CheckAsync();
        await Assertions.Expect(loss).ToHaveAttributeAsync("data-scale", "log");
        await Assertions.Expect(accuracy).ToHaveAttributeAsync("data-scale", "linear");
        var plain = await accuracy.Locator("canvas").EvaluateAsync<string>("canvas => canvas.toDataURL()");
        await page.Page.GetByLabel("Smoothing").FillAsync("0.9");
        await Assertions.Expect(page["output"]).ToHaveTextAsync("0.9");
        Assert.NotEqual(plain, await accuracy.Locator("canvas").EvaluateAsync<string>("canvas => canvas.toDataURL()"));
        Assert.Empty(page.Complaints);
    }

    /// <summary>
    /// The middle half of 1 to 12 is 3.75 to 9.25. Twice 4 to 9 is 1.5 to 11.5. Half of 1 to 12 around epoch 2 ends at 4.75.
    /// </summary>
    [Fact]
    public async Task Curves_PlusAndMinus_ZoomAroundTheEpochAtHand()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, "completed", ("model1", 1));
        var (plot, figure) = (page[".plot >> nth=0"], page["figure >> nth=0"]);

        await plot.PressAsync("+");
        await ExpectEpochsAsync(figure, 4, 9);
        await ExpectEpochsAsync(page["figure >> nth=1"], 4, 9);
        await plot.PressAsync("-");
        await ExpectEpochsAsync(figure, 2, 12);
        await plot.PressAsync("-");
        await ExpectEpochsAsync(figure, 1, 12);
        await plot.PressAsync("ArrowRight");
        await plot.PressAsync("ArrowRight");
        await plot.PressAsync("+");
        await ExpectEpochsAsync(figure, 1, 5);
        await Assertions.Expect(page["section:has(#curves) button:text-is(\"Show all epochs\")"]).ToBeEnabledAsync();
        await plot.PressAsync("Escape");
        await ExpectEpochsAsync(figure, 1, 12);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Curves_SeedsOfOneModel_HaveColoursOfTheirOwn()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, "completed", ("model1", 1), ("model1", 2), ("model1", 3));

        await Assertions.Expect(page[".legend button"]).ToHaveTextAsync(["Model 1, seed 1", "Model 1, seed 2", "Model 1, seed 3"]);
        var colours = await page[".legend .swatch line"].EvaluateAllAsync<string[]>(
            "lines => lines.map(line => getComputedStyle(line).stroke)");
        Assert.Equal(3, colours.Distinct().Count());
    }

    [Fact]
    public async Task UseOfTheMachine_Recorded_IsShown()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, "completed", ("model1", 1));

        await Assertions.Expect(page["section:has(#use) [role=img] >> nth=0"]).ToHaveAttributeAsync(
            "aria-label", "Busy CPU cores. Model 1 1.60 after 12 epochs.");
        await Assertions.Expect(page["section:has(#use) [role=img] >> nth=1"]).ToHaveAttributeAsync(
            "aria-label", "Memory of the process, GiB. Model 1 1.50 after 12 epochs.");
        await Assertions.Expect(page["section:has(#use) figure:visible"]).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task UseOfTheMachine_OnAGpu_ShowsTheGpuToo()
    {
        await using var page = await chromium.OpenAsync(390, ColorScheme.Dark);
        await OpenAsync(page, "completed", RunDocuments.MetricsOnGpu, ("model1", 1));

        await Assertions.Expect(page["section:has(#use) figure:visible"]).ToHaveCountAsync(4);
        await Assertions.Expect(page["section:has(#use) [role=img] >> nth=2"]).ToHaveAttributeAsync(
            "aria-label", "GPU busy, percent of the time. Model 1 85 after 12 epochs.");
        await Assertions.Expect(page["section:has(#use) [role=img] >> nth=3"]).ToHaveAttributeAsync(
            "aria-label", "Memory of the GPU in use, GiB. Model 1 9.00 after 12 epochs.");
        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
        Assert.Empty(await page.BarriersAsync());
    }

    [Fact]
    public async Task Curves_TrainingThatDiverges_HasExponents()
    {
        await using var page = await chromium.OpenAsync(390);
        await OpenAsync(page, "completed", RunDocuments.MetricsThatDiverge, ("model1", 1));

        await Assertions.Expect(page["figure [role=img] >> nth=1"]).ToHaveAttributeAsync(
            "aria-label", new Regex(@"validation 1\.234e\+27 after 12 epochs.*training 2e\+28 after 12 epochs"));
        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
    }

    [Fact]
    public async Task Cancel_Confirmed_SaysCancellingUntilItHasStopped()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await OpenAsync(page, "running", ("model1", 1));
        api.On($"POST comparisons/{Id}/cancel", _ =>
        {
            var stopping = RunDocuments.Run(Id, "running", ("model1", 1));
            stopping["stopping"] = true;
            api.On($"GET comparisons/{Id}", stopping);
            return new AnsweredApi.Answer(new { id = Id, status = "running" }, 202);
        });

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the run" }).ClickAsync();
        await page["#question-yes"].ClickAsync();

        await Assertions.Expect(page["h1 ~ .meta .pill"]).ToHaveTextAsync("◐Cancelling");
        await Assertions.Expect(page["main button:text-is(\"Cancel the run\")"]).ToBeHiddenAsync();
        api.On($"GET comparisons/{Id}", RunDocuments.Run(Id, "cancelled", ("model1", 1)));
        await Assertions.Expect(page["h1 ~ .meta .pill"]).ToHaveTextAsync("–Cancelled");
    }

    [Fact]
    public async Task Resume_CancelledRun_ContinuesIt()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await OpenAsync(page, "cancelled", ("model1", 1));
        api.On($"POST comparisons/{Id}/resume", _ =>
        {
            api.On($"GET comparisons/{Id}", RunDocuments.Run(Id, "pending", ("model1", 1)));
            return new AnsweredApi.Answer(new { id = Id, status = "pending" }, 202);
        });

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();

        await Assertions.Expect(page["h1 ~ .meta .pill"]).ToHaveTextAsync("○Pending");
        await Assertions.Expect(page["button:text-is(\"Resume\")"]).ToBeHiddenAsync();
    }

    [Fact]
    public async Task RunAgain_EarlierRun_FillsTheForm()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await OpenAsync(page, "completed", ("model1", 1), ("model1", 2));
        api.On("GET comparisons", new { items = Array.Empty<object>(), continuation = (string?)null })
            .On("GET datasets", new { items = new[] { DatasetDocuments.FashionMnist }, continuation = (string?)null })
            .On("GET specs", new { items = Array.Empty<object>(), continuation = (string?)null });

        await page["a:text-is(\"Run again\")"].ClickAsync();

        await Assertions.Expect(page["form"]).ToBeVisibleAsync();
        await Assertions.Expect(page["input[name=preset]:checked"]).ToHaveValueAsync("smoke");
        await Assertions.Expect(page["input[name=split]:checked"]).ToHaveValueAsync("original");
        await Assertions.Expect(page["input[name=model]:checked"]).ToHaveCountAsync(1);
        await Assertions.Expect(page["input[data-model=model1]"]).ToHaveValueAsync("12");
        await Assertions.Expect(page["#seeds"]).ToHaveValueAsync("2");
        await Assertions.Expect(page["#budget"]).ToHaveValueAsync("1h30m");
    }

    [Fact]
    public async Task Open_UnknownRun_SaysSo()
    {
        await using var page = await chromium.OpenAsync(390);
        await AnsweredApi.OnAsync(page);

        await page.Page.GotoAsync(served.Url("#/run/gone"));

        await Assertions.Expect(page["h1"]).ToHaveTextAsync("There is no such run");
        await Assertions.Expect(page["main"]).ToContainTextAsync("gone");
        Assert.Empty(await page.BarriersAsync());
    }

    private static async Task ExpectEpochsAsync(ILocator figure, int from, int to)
    {
        await Assertions.Expect(figure).ToHaveAttributeAsync("data-from", $"{from}");
        await Assertions.Expect(figure).ToHaveAttributeAsync("data-to", $"{to}");
    }

    private Task<AnsweredApi> OpenAsync(WatchedPage page, string status, params (string Model, int Seed)[] trainings) =>
        RunPage.OpenAsync(page, served, status, RunDocuments.Metrics, trainings);

    private Task<AnsweredApi> OpenAsync(
        WatchedPage page, string status, Func<AnsweredApi.Request, object> metrics, params (string Model, int Seed)[] trainings) =>
        RunPage.OpenAsync(page, served, status, metrics, trainings);
}
