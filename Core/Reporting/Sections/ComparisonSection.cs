using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

internal static class ComparisonSection
{
    public static Section Of(ReportView view)
    {
        var comparison = view.Document.Comparison;
        if (comparison.CochranQ is not { } cochran)
        {
            return new Section("pairs", "Model against model", "There is only one model, so there is nothing to compare.", []);
        }

        var equal = cochran.PValue >= Verdict.Level;
        return new Section("pairs", "Model against model", "Whether the differences are larger than chance would explain.",
        [
            new Paragraph($"All models at once: Cochran's Q = {Wording.Number(cochran.Statistic, "0.0")} with {cochran.DegreesOfFreedom} "
                + $"degrees of freedom, {Wording.P(cochran.PValue)}. "
                + (equal
                    ? "The test finds no difference between the models."
                    : "At least one model differs from another; the table shows which pairs differ.")),
            new TableBlock(ResultTables.Pairs(view), "A positive difference favours the first model. The test uses only images that "
                + "exactly one of the two models labels correctly."),
            new Terms(
            [
                new("Cochran's Q", "tests whether all models are correct equally often on the same images (Cochran 1950)."),
                new("McNemar's test", "tests whether the images that only one of two models labels correctly split evenly (McNemar "
                    + "1947). The p value is exact binomial; the table also shows the χ² form with continuity correction."),
                new("Holm", "raises the p values, because testing many pairs finds some differences by chance (Holm 1979). Significant "
                    + "means below 0.05 after the adjustment."),
                new("Paired bootstrap", "draws the test images again 2,000 times, with the same draw for both models and a fixed seed. "
                    + "The interval shows which differences other test images could have given."),
            ]),
        ]);
    }
}
