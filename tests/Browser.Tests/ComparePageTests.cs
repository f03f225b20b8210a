using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>Several runs side by side.</summary>
public sealed class ComparePageTests(Chromium chromium, ServedDashboard served)
{
    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    public async Task Open_ThreeRuns_ComparesTheirModels(int width, ColorScheme scheme)
    {
        await using var page = await chromium.OpenAsync(width, scheme);
        await OpenAsync(page, ("a", ["model1", "model3"]), ("b", ["model1"]), ("c", ["model1"]));

        await Assertions.Expect(page[".chosen b"]).ToHaveTextAsync(["A", "B", "C"]);
        await Assertions.Expect(page["section:has(#results) .scroll >> nth=0"].Locator("tbody th")).ToHaveTextAsync(["Model 1"]);
        await Assertions.Expect(page["summary"]).ToHaveTextAsync("1 model that only some of the runs train");
        await Assertions.Expect(page["details .cards"]).ToBeHiddenAsync();
        await page["summary"].ClickAsync();
        await Assertions.Expect(page["details tbody tr"]).ToHaveTextAsync(new Regex("^Model 3validation 80.0 %test 79.0 %––$"));
        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
        Assert.Empty(await page.BarriersAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Curves_OfAllRuns_ShareTheirAxes()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, ("a", ["model1"]), ("b", ["model1"]), ("c", ["model1"]));

        await Assertions.Expect(page["figure >> nth=0"]).ToHaveAttributeAsync("data-points", "36");
        await Assertions.Expect(page[".legend button"]).ToHaveTextAsync(["A: Model 1", "B: Model 1", "C: Model 1"]);
    }

    [Fact]
    public async Task ParallelCoordinates_EachTraining_IsALineThatReadsItsValues()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, ("a", ["model1", "model3"]), ("b", ["model1"]));

        var lines = page[".parallel"];
        await Assertions.Expect(lines).ToHaveCountAsync(3);
        await lines.Nth(1).FocusAsync();

        await Assertions.Expect(page["section:has(#parallel) .note"]).ToHaveTextAsync(
            new Regex("^A: Model 3: model Model 3, .*validation 80.0 %, test 79.0 %$"));
        await Assertions.Expect(page[".axis-name"]).Not.ToContainTextAsync(["Batch size"]);
    }

    [Fact]
    public async Task ParallelCoordinates_Tab_StepsThroughTheLines()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, ("a", ["model1", "model3"]), ("b", ["model1"]));
        var readout = page["section:has(#parallel) .note"];
        await Assertions.Expect(page[".parallel"]).ToHaveCountAsync(3);
        await page["section:has(#curves) .plot >> nth=-1"].FocusAsync();

        foreach (var name in new[] { "A: Model 1: ", "A: Model 3: ", "B: Model 1: " })
        {
            await page.Page.Keyboard.PressAsync("Tab");
            await Assertions.Expect(page[".parallel:focus"]).ToHaveAttributeAsync("aria-label", new Regex($"^{name}"));
            await Assertions.Expect(readout).ToHaveTextAsync(new Regex($"^{name}"));
        }

        await page.Page.Keyboard.PressAsync("Shift+Tab");
        await Assertions.Expect(readout).ToHaveTextAsync(new Regex("^A: Model 3: "));
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page[".parallel:focus"]).ToHaveCountAsync(0);
        await Assertions.Expect(readout).ToHaveTextAsync(new Regex("^Point at a line"));
    }

    [Fact]
    public async Task Differences_UnsetValues_SayWhatTheyMean()
    {
        await using var page = await chromium.OpenAsync(1280);
        var other = RunDocuments.Run("b", "completed", ("model1", 1));
        var configuration = RunDocuments.Configuration("model1");
        configuration["trainLimit"] = null;
        configuration["budget"] = null;
        other["configuration"] = configuration;
        await OpenAsync(page, [("a", ["model1"]), ("b", ["model1"])], api => api.On("GET comparisons/b", other));

        await Assertions.Expect(page["section:has(#differences) tbody tr"]).ToHaveTextAsync(
            ["train limit1,600all", "budget1h30mno limit"]);
    }

    /// <summary>A model without a limit of its own trains on the images of the run, which may be few.</summary>
    [Fact]
    public async Task Differences_UnsetValuesOfAModel_SayWhatTheyMeanForAModel()
    {
        await using var page = await chromium.OpenAsync(1280);
        var other = RunDocuments.Run("b", "completed", ("model1", 1));
        other["configuration"] = new Dictionary<string, object?>(RunDocuments.Configuration("model1"))
        {
            ["models"] = new[]
            {
                new
                {
                    name = "model1",
                    batchSize = 512,
                    trainLimit = 400,
                    seeds = new[] { 7 },
                    phases = new[] { new { name = "all", epochs = 12, learningRate = .001, weightDecay = 0, augmentation = "shift" } },
                },
            },
        };
        await OpenAsync(page, [("a", ["model1"]), ("b", ["model1"])], api => api.On("GET comparisons/b", other));

        await Assertions.Expect(page["section:has(#differences) tbody tr"]).ToHaveTextAsync(
        [
            "model1: train limitall of the run's images400",
            "model1: seedsthose of the run7",
            "model1: phases: all: augmentationnoneshift",
        ]);
    }

    [Fact]
    public async Task AddAndRemove_ARun_ChangeTheAddress()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, ("a", ["model1"]), ("b", ["model1"]), ("c", ["model1"]));

        await page["button:has-text(\"Remove\") >> nth=1"].ClickAsync();
        await page.AtAsync("#/compare/a/c");
        await page.Page.GetByLabel("Add a run").SelectOptionAsync("b");

        await page.AtAsync("#/compare/a/c/b");
        await Assertions.Expect(page[".chosen a"]).ToHaveTextAsync(["a", "c", "b"]);
    }

    [Fact]
    public async Task Mark_ThreeRunsOfTheList_LeadsToTheirComparison()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, ("a", ["model1"]), ("b", ["model1"]), ("c", ["model1"]));
        await page["nav a:text-is(\"Runs\")"].ClickAsync();

        foreach (var run in new[] { "a", "b", "c" })
        {
            await page.Page.GetByLabel($"Mark run {run}").CheckAsync();
        }

        await page["a:text-is(\"Compare 3 runs\")"].ClickAsync();
        await Assertions.Expect(page[".chosen a"]).ToHaveTextAsync(["a", "b", "c"]);
    }

    private Task OpenAsync(WatchedPage page, params (string Id, string[] Models)[] runs) => OpenAsync(page, runs, _ => { });

    private async Task OpenAsync(WatchedPage page, (string Id, string[] Models)[] runs, Action<AnsweredApi> change)
    {
        var api = await AnsweredApi.OnAsync(page);
        api.On("GET comparisons", new { items = runs.Select(run => RunDocuments.Summary(run.Id)), continuation = (string?)null })
            .On("GET datasets", DatasetDocuments.List);
        foreach (var (id, models) in runs)
        {
            api.On($"GET comparisons/{id}", RunDocuments.Run(id, "completed", [.. models.Select(model => (model, 1))]))
                .On($"GET comparisons/{id}/metrics", request => new AnsweredApi.Answer(RunDocuments.Metrics(request)));
        }

        change(api);
        await page.Page.GotoAsync(served.Url($"#/compare/{string.Join('/', runs.Select(run => run.Id))}"));
        await Assertions.Expect(page["#results"]).ToBeVisibleAsync();
        await Assertions.Expect(page["figure >> nth=0"]).ToHaveAttributeAsync("data-points", new Regex("[1-9]"));
    }
}
