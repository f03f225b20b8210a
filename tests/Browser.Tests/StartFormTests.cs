using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The form that starts a run.</summary>
public sealed class StartFormTests(Chromium chromium, ServedDashboard served)
{
    [Fact]
    public async Task Start_AllFields_SendsThem()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await OpenAsync(page);
        api.On("POST comparisons", new { id = "made" }, 202);
        await StartPage.ChooseOnlyAsync(page, "model1");

        await page["input[data-model=model1]"].FillAsync("7");
        await page.Page.GetByLabel("Seeds").FillAsync("3");
        await page.Page.GetByLabel("Time budget").FillAsync("30m");
        await page["input[name=classWeights]"].CheckAsync();
        await page.Page.GetByLabel("Name").FillAsync("baseline");
        await page.Page.GetByLabel("Tags").FillAsync("one, two");
        await page.Page.GetByLabel("Notes").FillAsync("first try");
        await page["button[type=submit]"].ClickAsync();

        await page.AtAsync("#/run/made");
        Assert.Equal(
            """{"preset":"smoke","models":["model1"],"labels":"five","split":"competition","seeds":3,"classWeights":true,"""
            + "\"epochs\":{\"model1\":7},\"budget\":\"30m\",\"name\":\"baseline\",\"notes\":\"first try\",\"tags\":[\"one\",\"two\"]}",
            api.Last("POST comparisons").Json.ToJsonString());
    }

    [Fact]
    public async Task Start_AddedModelInFolds_SendsThem()
    {
        await using var page = await chromium.OpenAsync(390);
        var api = await OpenAsync(page);
        api.On("POST comparisons", new { id = "made" }, 202);
        await StartPage.ChooseOnlyAsync(page, "mine");

        await Assertions.Expect(page[".model-choice:has-text(\"My net\")"]).ToContainTextAsync("added, batches of 48");
        await page.Page.GetByLabel("Folds").FillAsync("5");
        // 4 and 3 epochs in each of five folds.
        await Assertions.Expect(page[".sum"]).ToHaveTextAsync("Trains 1 model in 5 trainings: 35 epochs in all.");
        Assert.Empty(await page.BarriersAsync());
        await page["button[type=submit]"].ClickAsync();

        await page.AtAsync("#/run/made");
        var sent = api.Last("POST comparisons").Json;
        Assert.Equal("""["mine"]""", sent["models"]!.ToJsonString());
        Assert.Equal("5", sent["folds"]!.ToJsonString());
        Assert.Null(sent["seeds"]);
    }

    [Fact]
    public async Task Start_SeedsAndFolds_SaysTheRefusalBesideTheField()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await OpenAsync(page);
        api.On(
            "POST comparisons",
            new { detail = "wrong", errors = new[] { new { pointer = "/seeds", detail = "seeds: each fold trains once." } } }, 422);

        await page.Page.GetByLabel("Seeds").FillAsync("3");
        await page.Page.GetByLabel("Folds").FillAsync("5");
        await page["button[type=submit]"].ClickAsync();

        await Assertions.Expect(page["#problem-seeds"]).ToHaveTextAsync("seeds: each fold trains once.");
        Assert.Equal("3 5", $"{api.Last("POST comparisons").Json["seeds"]} {api.Last("POST comparisons").Json["folds"]}");
    }

    /// <summary>The earlier run trained a model of a user, and one that was removed since.</summary>
    [Fact]
    public async Task Start_FromARunInFolds_FillsFoldsAndAddedModels()
    {
        await using var page = await chromium.OpenAsync(1280);
        var earlier = RunDocuments.Run("old", "completed", ("mine", 1), ("removed", 1));
        ((Dictionary<string, object?>)earlier["configuration"]!)["folds"] = 4;
        await StartPage.OpenAsync(page, served, "#/start?from=old", earlier);

        await Assertions.Expect(page.Page.GetByLabel("Folds")).ToHaveValueAsync("4");
        await Assertions.Expect(page.Page.GetByLabel("Seeds")).ToHaveValueAsync("");
        await Assertions.Expect(page["input[name=model][value=mine]"]).ToBeCheckedAsync();
        await Assertions.Expect(page["input[data-model=mine]"]).ToHaveValueAsync("12");
        await Assertions.Expect(page[".notice"]).ToHaveTextAsync(
            "Filled with the choices of Run old, without removed, which this server does not offer any more.");
    }

    [Fact]
    public async Task Start_RefusedTimeLimit_IsSaidBesideTheField()
    {
        await using var page = await chromium.OpenAsync(390, ColorScheme.Dark);
        var api = await OpenAsync(page);
        api.On(
            "POST comparisons",
            new { detail = "budget: wrong", errors = new[] { new { pointer = "/budget", detail = "budget: 'soon' is not a time." } } },
            422);

        await page.Page.GetByLabel("Time budget").FillAsync("soon");
        await page["button[type=submit]"].ClickAsync();

        await Assertions.Expect(page["#problem-budget"]).ToHaveTextAsync("budget: 'soon' is not a time.");
        await Assertions.Expect(page["#budget"]).ToBeFocusedAsync();
        Assert.Empty(await page.BarriersAsync());
    }

    /// <summary>Models that the data set may not allow are not named, so that the server leaves them out.</summary>
    [Fact]
    public async Task Start_OtherDataset_SendsItWithoutLabelsAndModelsOfThePreset()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await OpenAsync(page);
        api.On("POST comparisons", new { id = "made" }, 202);

        await page["#dataset"].SelectOptionAsync("shapes");
        await Assertions.Expect(page["#dataset-note"]).ToHaveTextAsync(
            "3 classes: circle, square, triangle. 60 images; a run holds a sixth of them out for the test.");
        await Assertions.Expect(page["fieldset[data-field=split]"]).ToBeHiddenAsync();
        await page["button[type=submit]"].ClickAsync();

        await page.AtAsync("#/run/made");
        Assert.Equal("""{"preset":"quick","dataset":"shapes"}""", api.Last("POST comparisons").Json.ToJsonString());
    }

    [Fact]
    public async Task Start_OptionsAndSearch_SendsThem()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await OpenAsync(page);
        api.On("POST comparisons", new { id = "made" }, 202);
        await StartPage.ChooseOnlyAsync(page, "model1");

        await page["details.more summary"].ClickAsync();
        await page["#set"].FillAsync("model1.batchSize = 128\n\nmodel1.learningRate=3e-4");
        await page["button:text-is(\"Fill in a sample\")"].ClickAsync();
        await page["#trials"].FillAsync("5");
        await page["button[type=submit]"].ClickAsync();

        await page.AtAsync("#/run/made");
        var sent = api.Last("POST comparisons").Json;
        Assert.Equal("""{"model1.batchSize":"128","model1.learningRate":"3e-4"}""", sent["set"]!.ToJsonString());
        Assert.Equal(
            """{"space":{"learningRate":{"from":0.0003,"to":0.03,"scale":"log"},"batchSize":{"values":[32,64,128]}},"trials":5}""",
            sent["search"]!.ToJsonString());
    }

    /// <summary>A mistake is said while the text is typed, and what only the server knows after the start.</summary>
    [Fact]
    public async Task Start_WrongSpace_IsSaidBesideTheField()
    {
        await using var page = await chromium.OpenAsync(390, ColorScheme.Dark);
        var api = await OpenAsync(page);
        api.On(
            "POST comparisons",
            new { detail = "wrong", errors = new[] { new { pointer = "/search/space/rate", detail = "space: rate is no option." } } }, 422);
        await StartPage.ChooseOnlyAsync(page, "model1");
        await page["details.more summary"].ClickAsync();

        await page["#search"].FillAsync("{ \"rate\": ");
        await Assertions.Expect(page["#problem-search"]).ToContainTextAsync("This is not JSON");
        await page["button[type=submit]"].ClickAsync();
        await Assertions.Expect(page["#search"]).ToBeFocusedAsync();
        await page["#search"].FillAsync("{ \"rate\": { \"from\": 1 } }");
        await page["button[type=submit]"].ClickAsync();

        await Assertions.Expect(page["#problem-search"]).ToHaveTextAsync("space: rate is no option.");
        await Assertions.Expect(page["#search"]).ToBeFocusedAsync();
        Assert.Empty(await page.BarriersAsync());
    }

    private Task<AnsweredApi> OpenAsync(WatchedPage page) => StartPage.OpenAsync(page, served, "#/start");
}
