using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Tests.Tables;

public sealed class ErrorTablesTests
{
    /// <summary>
    /// By hand. Cohen's kappa: Model 1 (3/4 - 15/64) / (1 - 15/64) = 33/49, Model 4 (7/8 - 14/64) / (1 - 14/64) = 42/50. Of Model 1's
    /// mistakes 3 for 4 is one label off and 4 for 0 is not; Model 4 has only 4 for 3.
    /// </summary>
    [Fact]
    public void Errors_ThreeModels_CountMistakesAndAgreement()
    {
        var rows = Texts.Of(ErrorTables.Errors(HandmadeRun.View()));

        Assert.Equal(["Model 1", "2", "0.2500", "0.6735"], rows[0][..4]);
        Assert.Equal(["Model 4", "1", "0.1250", "0.8400"], rows[2][..4]);
        Assert.Equal(["50.0 %", "75.0 %", "100.0 %"], rows.Select(row => row[5]));
    }

    [Fact]
    public void Errors_LabelsWithoutOrder_HaveNoOrdinalColumns()
    {
        var input = HandmadeRun.Input();
        input = input.Of(LabelScheme.Garments);

        Assert.Equal(
            ["Model", "Wrong", "Error rate", "Cohen's κ"],
            Texts.Headers(ErrorTables.Errors(new ReportView(ReportBuilder.Build(input), input))));
    }

    /// <summary>
    /// By hand: every prediction has the logits 5, 0, 0, 0, 0, so its confidence is e^5 / (e^5 + 4) = .973756; with 7 of 8 correct
    /// the calibration error is the difference from .875.
    /// </summary>
    [Fact]
    public void Calibration_EqualConfidence_ErrsByItsDistanceFromTheAccuracy() =>
        Assert.Equal("0.0988", Texts.Of(ErrorTables.Calibration(HandmadeRun.View()))[2][2]);

    /// <summary>Eight black images of the first garment: each has its own group, at |28822 - 34506| from the first cut.</summary>
    [Fact]
    public void CutDistance_EightImages_HasOneGroupForEach()
    {
        var rows = Texts.Of(ErrorTables.CutDistance(HandmadeRun.View(HandmadeRun.Model4)));

        Assert.Equal(8, rows.Length);
        Assert.All(rows, row => Assert.Equal(["model4", "5,684", "5,684", "1"], row[..4]));
        Assert.Equal(["0", "0", "0", "0", "0", "0", "0", "1"], rows.Select(row => row[4]));
    }
}
