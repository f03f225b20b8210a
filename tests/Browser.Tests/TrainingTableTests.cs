using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The trainings of a run as a table. Their best epoch is 9 of 12, so no figure of it is that of the last epoch.</summary>
public sealed class TrainingTableTests(Chromium chromium, ServedDashboard served)
{
    /// <summary>Training accuracy .4 + 9 x .03, validation loss 1.5 / 9 + .1; the last epoch has 76.0 %, 77.0 % and 0.225.</summary>
    [Theory]
    [InlineData("completed", "Completed", "79.0 %")]
    [InlineData("running", "Training", "–")]
    public async Task Row_OfATraining_HasTheFiguresOfItsBestEpoch(string status, string state, string test)
    {
        await using var page = await chromium.OpenAsync(1280);
        await RunPage.OpenAsync(page, served, status, RunDocuments.Metrics, ("model1", 1));

        var cells = await page["section:has(#trainings) tbody tr > *"].AllInnerTextsAsync();

        Assert.Equal("Model 1", cells[0]);
        Assert.EndsWith(state, cells[1].Trim(), StringComparison.Ordinal);
        Assert.Equal(
            ["12 of 12", "9", "67.0 %", "80.0 %", "0.267", test, "2.5 s", "–"], cells.Skip(2).Take(8).Select(text => text.Trim()));
        Assert.Empty(page.Complaints);
    }

    /// <summary>The table of all epochs has the last one too.</summary>
    [Fact]
    public async Task FiguresAsATable_OfEachEpoch_AreThoseOfThatEpoch()
    {
        await using var page = await chromium.OpenAsync(1280);
        await RunPage.OpenAsync(page, served, "completed", RunDocuments.Metrics, ("model1", 1));

        await page["summary:text-is(\"The figures as a table\")"].ClickAsync();

        var rows = page["section:has(#curves) tbody tr"];
        await Assertions.Expect(rows).ToHaveCountAsync(12);
        Assert.Equal(["Model 1", "9", "67.0 %", "80.0 %", "0.222", "0.267"], await rows.Nth(8).Locator("> *").AllInnerTextsAsync());
        Assert.Equal(["Model 1", "12", "76.0 %", "77.0 %", "0.167", "0.225"], await rows.Nth(11).Locator("> *").AllInnerTextsAsync());
    }
}
