using ServerlessFashion.Evaluation;
using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

internal static class CalibrationSection
{
    public static Section Of(ReportView view) => new("calibration", "Calibration", "Whether the probabilities can be trusted.",
    [
        new TableBlock(ErrorTables.Calibration(view), "Lower is better, except for the temperature: above 1 the model was "
            + "overconfident, below 1 underconfident."),
        new Figures([.. view.Groups.Select(group => new Figure(ReportCharts.Reliability(view, group), Caption(group.First)))]),
        new Terms(
        [
            new("Reliability diagram", $"accuracy of the images in each of {Calibration.BinCount} bins of confidence. On the diagonal, a "
                + "confidence of 80 % means 80 % correct labels. Below the diagonal the model is overconfident."),
            new("ECE", "expected calibration error: mean distance from the diagonal, weighted by images (15 bins of equal width)."),
            new("NLL", "negative log-likelihood, the mean of −log of the probability given to the true label."),
            new("Brier", "mean squared distance between probabilities and truth, from 0 to 2."),
            new("Temperature scaling", "division of all logits by one number that is fitted on the validation set (Guo et al. 2017). It "
                + "changes the confidence, never the label."),
        ]),
    ]);

    private static string Caption(ModelReport model)
    {
        var calibration = model.Calibration;
        var filled = calibration.Before.Bins.Where(bin => bin.Count > 0).ToArray();
        var lean = filled.Length == 0 ? 0 : filled.Sum(bin => bin.Count * (bin.Confidence - bin.Accuracy)) / filled.Sum(bin => bin.Count);
        var accuracy = filled.Length == 0 ? 0 : filled.Sum(bin => bin.Count * bin.Accuracy) / filled.Sum(bin => bin.Count);
        var words = model.Test.AccuracyInterval!.Contains(accuracy + lean)
                ? "Confidence matches accuracy on average, as far as these images tell"
            : lean > 0 ? "Overconfident on average" : "Underconfident on average";
        return $"{words}: confidence minus accuracy is {Wording.Points(lean)} points. Scaling with T = "
            + $"{Wording.Number(calibration.Temperature, "0.00")} changes the ECE from {Wording.Share(calibration.Before.Ece)} to "
            + $"{Wording.Share(calibration.After.Ece)}."
            + (calibration.TemperatureAtLimit
                ? $" T is a limit of the search ({Wording.Number(TemperatureScaling.Lowest, "0.00")} to "
                    + $"{Wording.Number(TemperatureScaling.Highest, "0")}), and the best value may lie beyond it."
                : "");
    }
}
