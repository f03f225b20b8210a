using ServerlessFashion.Evaluation;
using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

internal static class FitSection
{
    public static Section Of(ReportView view) => new("fit", "Overfitting", "Whether a model is better on its training images than on "
        + "new ones.",
    [
        new TableBlock(new ReportTable("diagnosis", "Diagnosis by the rules below",
            [new("Model", Numeric: false), new("Diagnosis", Numeric: false), new("In words", Numeric: false)],
            [.. view.Groups.SelectMany(group => group.Seeds)
                .Select(model => new Row([Name(view, model), Wording.Diagnosis(model.Fit), model.Diagnosis]))])),
        new Figures([new(CurveCharts.Gap(view), "Near zero: the model is as good on new images as on training images. Rising: it "
            + "memorises its training images. Below zero: dropout makes the training figure worse.")]),
        new Heading("The rules"),
        new Bullets(
        [
            "Gap: accuracy on training images minus accuracy on validation images, both in evaluation mode with the evaluated weights. "
                + "It counts only if it exceeds two standard errors of the validation accuracy.",
            "Rise: the last epoch's validation loss relative to the lowest one, minus 1. It counts only if the lowest lies before the "
                + "last fifth of the epochs.",
            "Training failed: a loss is not finite, or validation accuracy is at most 1.1 times guessing. Too short to tell: fewer than "
                + $"{FitDiagnosis.FewestEpochs} epochs.",
            $"Overfits clearly: gap of at least {100 * FitDiagnosis.ClearGap:0} points or rise of at least "
                + $"{100 * FitDiagnosis.ClearRise:0} %. Overfits mildly: at least {100 * FitDiagnosis.MildGap:0} points or "
                + $"{100 * FitDiagnosis.MildRise:0} %.",
            "Still improving: neither, and the best epoch is among the last tenth. Fits well: anything else.",
        ]),
    ]);

    private static string Name(ReportView view, ModelReport model) =>
        view.Groups.Any(group => group.Seeds.Count > 1) ? $"{model.Title}, seed {model.Seed}" : model.Title;
}
