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
        new Figures([new(CurveCharts.Gap(view), "Validation loss after each epoch minus the training loss during it, in nats. The "
            + "training figure has dropout on and weights still changing, so a curve below zero is no fault. A rising curve means "
            + "that the training loss falls faster than the validation loss; the diagnosis above says whether that matters.")]),
        new Heading("The rules"),
        new Bullets(
        [
            "The first rule that holds gives the diagnosis.",
            "Gap: accuracy on training images minus accuracy on validation images, both in evaluation mode with the evaluated weights, "
                + "with Newcombe's 95 % interval.",
            "Change of the loss: the lowest validation loss of the last fifth of the epochs (at least two) relative to the lowest before.",
            "Training failed: a loss is not finite, or validation accuracy is at most "
                + $"{Wording.Number(FitDiagnosis.BetterThanGuessing, "0.0")} times guessing and the next rule does not hold.",
            "BatchNorm statistics lag: on the same training images, accuracy in training mode is higher than in evaluation mode, and the "
                + $"whole interval of the difference is at least {Points(FitDiagnosis.ClearLag)}. Too short to tell: fewer than "
                + $"{FitDiagnosis.FewestEpochs} epochs.",
            "Still learning: the best epoch is among the last tenth, and the loss fell by at least "
                + $"{100 * FitDiagnosis.ClearFall:0} %.",
            $"Overfits clearly: the whole interval of the gap is at least {Points(FitDiagnosis.ClearGap)}, or the loss rose by at least "
                + $"{100 * FitDiagnosis.ClearRise:0} %. Overfits mildly: at least {Points(FitDiagnosis.MildGap)} or "
                + $"{100 * FitDiagnosis.MildRise:0} %. A rise counts only if the training loss did not rise.",
            $"No evidence either way: the interval of the gap reaches {Points(FitDiagnosis.ClearGap)}. Fits well: it does not.",
        ]),
    ]);

    private static string Points(double share) => $"{Wording.Number(100 * share, "0")} points";

    private static string Name(ReportView view, ModelReport model) =>
        view.Groups.Any(group => group.Seeds.Count > 1) ? $"{model.Title}, {view.Member} {model.Seed}" : model.Title;
}
