using ServerlessFashion.Reporting.Runs;
using ServerlessFashion.Reporting.Tests.Tables;

namespace ServerlessFashion.Reporting.Tests.Runs;

/// <summary>All figures are worked by hand from the eight images of <see cref="HandmadeRun"/>.</summary>
public sealed class RunsTablesTests
{
    private static readonly ReportInput First = HandmadeRun.Input(HandmadeRun.Model1, HandmadeRun.Model3);

    private static readonly ReportInput Second = HandmadeRun.Input(HandmadeRun.Model4) with { RunId = "run-2" };

    [Fact]
    public void Models_TwoRuns_StandInTheirOrderWithTheBestTestAccuracyMarked()
    {
        var table = RunsTables.Models(RunsReport.Build([First, Second]));

        Assert.Equal(
            [
                ["run-1", "Model 1", "0.8000", "0.7500"], ["run-1", "Model 3", "0.6000", "0.5000"],
                ["run-2", "Model 4", "0.9000", "0.8750"],
            ],
            Texts.Of(table).Select(row => row[..4]));
        Assert.Equal([false, false, true], table.Rows.Select(row => row.Cells[3].Best));
    }

    /// <summary>A best value of different test images would mislead.</summary>
    [Fact]
    public void Models_OtherTestFiles_MarkNothing()
    {
        var other = Second with { Data = Second.Data with { Sha256 = new string('b', 64) } };

        Assert.DoesNotContain(
            RunsTables.Models(RunsReport.Build([First, other])).Rows.SelectMany(row => row.Cells), cell => cell.Best);
    }

    /// <summary>Model 4 alone is right on one image: 1 of 8 is 12.5 points, and the exact p value of 0 against 1 is 1.</summary>
    [Fact]
    public void Winners_TwoRuns_AreTestedAgainstEachOther()
    {
        var row = Assert.Single(Texts.Of(RunsTables.Winners(RunsReport.Build([First, Second]))));

        Assert.Equal(["Model 1, run run-1", "Model 4, run run-2", "0", "1", "−12.5"], row[..5]);
        Assert.Equal(["1.000", "no"], row[6..]);
    }
}
