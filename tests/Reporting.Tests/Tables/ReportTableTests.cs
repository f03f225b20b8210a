using ServerlessFashion.Evaluation;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Tests.Tables;

public sealed class ReportTableTests
{
    [Fact]
    public void Cell_Figures_ShowRoundedTextAndKeepTheValue()
    {
        Assert.Equal(new Cell("0.9028", .90281234), Cell.Share(.90281234));
        Assert.Equal(new Cell("–"), Cell.Share(null));
        Assert.Equal(new Cell("25.0 %", .25), Cell.Percent(.25));
        Assert.Equal(new Cell("3,383,589", 3_383_589), Cell.Count(3_383_589));
        Assert.Equal(new Cell("3 min 40 s", 220), Cell.Seconds(220));
        Assert.Equal(new Cell("< 0.0001", .00001), Cell.P(.00001));

        var interval = Cell.Interval(new Interval(.5, .75));
        Assert.Equal(("0.5000 to 0.7500", .5, .75), (interval.Text, interval.Value, interval.More[0]));
    }

    /// <summary>By hand: .80, .82 and .87 have the mean .83 and the deviation sqrt(13e-4) = .03606.</summary>
    [Fact]
    public void Share_SeveralSeeds_IsMeanAndDeviation()
    {
        var seeds =
            new[] { .80, .82, .87 }.Select((accuracy, i) => HandmadeRun.Evaluation("model1", [0, 0, 1, 1, 2, 2, 3, 4], accuracy, i + 1));
        var group = HandmadeRun.View([.. seeds]).Groups[0];

        var cell = Cell.Share(group, seed => seed.Validation.Accuracy, best: true);

        Assert.Equal(("0.8300 ± 0.0361", true), (cell.Text, cell.Best));
        Assert.Equal(.83, cell.Value!.Value, 1e-12);
    }

    [Fact]
    public void Model_WithSideInformation_SaysSo()
    {
        Assert.Equal("Model 1", Cell.Model(HandmadeRun.View(HandmadeRun.Model1).Groups[0]).Text);
        Assert.Equal(
            "Model 1 (with side information)",
            Cell.Model(HandmadeRun.View(HandmadeRun.Model1 with { SideInformation = true }).Groups[0]).Text);
    }
}
