using ServerlessFashion.Evaluation;
using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

public static class CalibrationSection
{
    public static Section Of(ReportView view) => new("calibration", "Calibration", "Can the probabilities be believed?",
    [
        new TableBlock(ErrorTables.Calibration(view), "Lower is better, except for the temperature: above 1 the model was too sure of itself, below 1 too timid."),
        new Figures([.. view.Groups.Select(group => new Figure(ReportCharts.Reliability(view, group), Caption(group.First.Calibration)))]),
        new Terms(
        [
            new("Reliability diagram", $"accuracy of the images in each of {Calibration.BinCount} bins of confidence. On the diagonal, 80 % sure means right in 80 % of the cases; below it, the model is too sure."),
            new("ECE", "expected calibration error: mean distance from the diagonal, weighted by images (15 bins of equal width)."),
            new("NLL", "negative log-likelihood, the mean of −log of the probability given to the true label."),
            new("Brier", "mean squared distance between probabilities and truth, from 0 to 2."),
            new("Temperature scaling", "dividing all outputs by one number, fitted on the validation set (Guo et al. 2017). It changes confidence, never the label."),
        ]),
    ]);

    private static string Caption(CalibrationReport calibration)
    {
        var filled = calibration.Before.Bins.Where(bin => bin.Count > 0).ToArray();
        var lean = filled.Length == 0 ? 0 : filled.Sum(bin => bin.Count * (bin.Confidence - bin.Accuracy)) / filled.Sum(bin => bin.Count);
        var words = lean > 0.01 ? "Too sure of itself on average" : lean < -0.01 ? "Too timid on average" : "Close to right on average";
        return $"{words}: confidence minus accuracy is {Wording.Points(lean)} points. Scaling with T = {Wording.Number(calibration.Temperature, "0.00")} takes the ECE from {Wording.Share(calibration.Before.Ece)} to {Wording.Share(calibration.After.Ece)}.";
    }
}
