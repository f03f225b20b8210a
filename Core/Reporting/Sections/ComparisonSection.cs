using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

public static class ComparisonSection
{
    public static Section Of(ReportView view)
    {
        var comparison = view.Document.Comparison;
        if (comparison.CochranQ is not { } cochran)
        {
            return new Section("pairs", "Model against model", "There is only one model, so there is nothing to compare.", []);
        }

        var equal = cochran.PValue >= Verdict.Level;
        return new Section("pairs", "Model against model", "Are the differences larger than chance would make them?",
        [
            new Paragraph($"All models at once: Cochran's Q = {Wording.Number(cochran.Statistic, "0.0")} with {cochran.DegreesOfFreedom} degrees of freedom, {Wording.P(cochran.PValue)}. {(equal ? "The models may well be equally good." : "At least one model is better or worse than another; the pairs say which.")}"),
            new TableBlock(ResultTables.Pairs(view), "Positive differences favour the first model. Only images on which the two disagree carry information, and only they enter the test."),
            new Terms(
            [
                new("Cochran's Q", "tests whether all models are equally often right on the same images (Cochran 1950)."),
                new("McNemar's test", "the same for two models: do the images that only one of them gets right split evenly (McNemar 1947)? Exact binomial p value; the χ² form with continuity correction beside it."),
                new("Holm", "raises the p values so that testing many pairs does not find differences by luck (Holm 1979). Significant means below 0.05 after that."),
                new("Paired bootstrap", "the test images drawn anew 2,000 times, the same draw for both models, with a fixed seed: the range of differences that other test images could have shown."),
            ]),
        ]);
    }
}
