using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>How long a new run would take, as the form that starts it says.</summary>
public sealed class StartTimeTests(Chromium chromium, ServedDashboard served)
{
    /// <summary>
    /// The earlier run took 2.5 s for each of 12 epochs of Model 1 on 1,600 images, and 90 s for its 30 s of epochs: three times as
    /// long. So 4 epochs on as many images take 4 x 2.5 x 3 = 30 s.
    /// </summary>
    [Fact]
    public async Task Time_OfAModelThatAnEarlierRunTrained_IsEstimated()
    {
        await using var page = await chromium.OpenAsync(1280);
        await StartPage.OpenAsync(page, served, "#/start", RunDocuments.Run("old", "completed", ("model1", 1)));
        await StartPage.ChooseOnlyAsync(page, "model1");

        await page["input[data-model=model1]"].FillAsync("4");

        await Assertions.Expect(page["#time"]).ToHaveTextAsync(
            "Time: about 30 s, as fast as the last completed run on this data set.");
        await page["input[value=model3]"].CheckAsync();
        await Assertions.Expect(page["#time"]).ToHaveTextAsync(
            "Time: unknown, because the last completed run on this data set did not train Model 3.");
    }

    /// <summary>
    /// A tiny run took 240 s for 12 x 2.5 = 30 s of epochs: eight times as long. A longer one took 642 s for 240 x 2.5 = 600 s. Together
    /// that is 882 s for 630 s, or 1.4 times as long. So 4 epochs take 4 x 2.5 x 1.4 = 14 s, told as 15 s.
    /// </summary>
    [Fact]
    public async Task Time_AfterATinyRunAndALongerOne_IsThatOfTheirWholeWork()
    {
        await using var page = await chromium.OpenAsync(1280);
        var tiny = RunDocuments.Run("tiny", "completed", ("model1", 1));
        tiny["durationSeconds"] = 240;
        var longer = RunDocuments.Run("longer", "completed", ("model1", 1));
        longer["durationSeconds"] = 642;
        longer["models"] = new[] { new { name = "model1", seed = 1, epoch = 240, secondsPerEpoch = 2.5 } };
        await StartPage.OpenAsync(page, served, "#/start", tiny, longer);
        await StartPage.ChooseOnlyAsync(page, "model1");

        await page["input[data-model=model1]"].FillAsync("4");

        await Assertions.Expect(page["#time"]).ToHaveTextAsync(
            "Time: about 15 s, as fast as the last 2 completed runs on this data set.");
    }

    /// <summary>
    /// The run on the other set is older than five runs on Fashion-MNIST. It trained on all 40 images, in the same times as above.
    /// </summary>
    [Fact]
    public async Task Time_OfAnotherDataSet_IsThatOfTheRunsOnIt()
    {
        await using var page = await chromium.OpenAsync(1280);
        var other = RunDocuments.Run("other", "completed", ("model1", 1));
        other["dataset"] = DatasetDocuments.Shapes;
        var api = await StartPage.OpenAsync(page, served, "#/start", [.. FiveRuns(), other]);
        await StartPage.ChooseOnlyAsync(page, "model1");
        await page["input[data-model=model1]"].FillAsync("4");
        await Assertions.Expect(page["#time"]).ToHaveTextAsync(
            "Time: unknown, because none of the last 5 completed runs on this data set trained Model 1.");
        Assert.Equal("fashion-mnist", api.Last("GET comparisons").Query["dataset"]);

        await page["#dataset"].SelectOptionAsync("shapes");
        await StartPage.ChooseOnlyAsync(page, "model1");
        await page["input[data-model=model1]"].FillAsync("4");

        await Assertions.Expect(page["#time"]).ToHaveTextAsync(
            "Time: about 30 s, as fast as the last completed run on this data set.");
        var query = api.Last("GET comparisons").Query;
        Assert.Equal(("shapes", "completed", "5"), (query["dataset"], query["status"], query["top"]));
    }

    [Fact]
    public async Task Time_OfADataSetWithoutRuns_SaysThatNoneIsCompleted()
    {
        await using var page = await chromium.OpenAsync(390);

        await StartPage.OpenAsync(page, served, "#/start?dataset=shapes", FiveRuns());

        await Assertions.Expect(page["#time"]).ToHaveTextAsync("Time: unknown, because no run on this data set is completed.");
    }

    private static Dictionary<string, object?>[] FiveRuns() =>
        [.. Enumerable.Range(1, 5).Select(i => RunDocuments.Run($"run-{i}", "completed", ("model3", 1)))];
}
