using System.Text;
using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Reporting.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests.Runs;

public sealed class RunsReportTests
{
    private static readonly ReportInput First = SyntheticReport.Input();

    private static readonly ReportInput Second = SyntheticReport.Input(seeds: 3, epochs: 5) with { RunId = "second<b>" };

    [Fact]
    public void Render_TwoRuns_PutsTheirModelsIntoOneTable()
    {
        var rows = Text(RunsReport.Render([First, Second]), "tables/runs.csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(row => row.Split(',')).ToArray();

        Assert.Equal([.. Enumerable.Repeat(First.RunId, 4), .. Enumerable.Repeat("second<b>", 4)], rows.Select(row => row[0]));
        Assert.Equal(["8", "8", "8", "8", "5", "5", "5", "5"], rows.Select(row => row[14]));
        Assert.Equal(["1", "1", "1", "1", "3", "3", "3", "3"], rows.Select(row => row[15]));
    }

    [Fact]
    public void Render_ThreeSeeds_GivesMeanAndSampleDeviation()
    {
        var model4 = Second.Evaluations.Where(evaluation => evaluation.Name == "model4").Select(evaluation => evaluation.Test.Loss)
            .ToArray();
        // By hand: sqrt(sum of squared deviations / (n - 1)).
        var mean = (model4[0] + model4[1] + model4[2]) / 3;
        var deviation = Math.Sqrt((Math.Pow(model4[0] - mean, 2) + Math.Pow(model4[1] - mean, 2) + Math.Pow(model4[2] - mean, 2)) / 2);

        Assert.Contains(
            $"{mean:0.0000} ± {deviation:0.0000}", Text(RunsReport.Render([First, Second]), "report.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SameTestImages_TestsWinnerAgainstWinner()
    {
        var document = RunsReport.Build([First, Second]);

        Assert.Empty(document.Warnings);
        var pair = Assert.Single(document.Winners.Pairs);
        Assert.Equal("Model 3, run " + First.RunId, pair.First);
        Assert.Equal("Model 3, run second<b>", pair.Second);
        Assert.Equal(pair.PValue, pair.HolmPValue);
    }

    [Fact]
    public void Build_OtherTestImages_WarnsAndPairsNothing()
    {
        var document =
            RunsReport.Build([First, SyntheticReport.Input(testImages: 300, split: DatasetSplit.Original) with { RunId = "other" }]);

        Assert.Empty(document.Winners.Pairs);
        Assert.Equal(
            [
                $"The runs differ in their split, so test images differ ({First.RunId}: competition; other: original).",
                $"The runs differ in their number of test images, so test accuracies were measured on different images ({First.RunId}: "
                    + "400; other: 300).",
            ],
            document.Warnings);
        Assert.DoesNotContain(
            "<b>0.", Text(RunsReport.Render([First, SyntheticReport.Input(testImages: 300) with { RunId = "other" }]), "index.html"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Render_MarkupInARunsName_IsText()
    {
        var files = RunsReport.Render([First, Second]).ToList();

        Assert.DoesNotContain("second<b>", Text(files, "index.html"), StringComparison.Ordinal);
        Assert.Contains("second&lt;b&gt;", Text(files, "index.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("second<b>", Text(files, "report.md"), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Text(files, "report.json"));
        Assert.Equal("second<b>", json.RootElement.GetProperty("runs")[1].GetProperty("runId").GetString());
    }

    private static string Text(IEnumerable<ReportFile> files, string path) =>
        Encoding.UTF8.GetString(files.Single(file => file.Path == path).Content);
}
