using System.Globalization;

namespace ServerlessFashion.Evaluation;

/// <summary>A <see cref="FitDiagnosis"/> in sentences.</summary>
internal static class FitWords
{
    public static string Of(Fit fit, ModelEvaluation model, FitMeasures measures) => string.Join(
        ' ', Sentences(fit, model, measures).Where(sentence => sentence.Length > 0));

    private static string[] Sentences(Fit fit, ModelEvaluation model, FitMeasures measures) => fit switch
    {
        Fit.Failed =>
        [
            "Training failed.", Gap(model, measures),
            "A loss is not finite or accuracy is no better than guessing; do not use its figures.",
        ],
        Fit.BatchNormLags =>
        [
            "The BatchNorm statistics lag.", Lag(model, measures),
            "This happens while the moving statistics follow the weights too slowly; more epochs or smaller batches help. Overfitting "
                + "cannot be judged until then.",
        ],
        Fit.TooShortToTell => ["Too few epochs to tell.", Gap(model, measures)],
        Fit.StillImproving =>
        [
            "Still learning.", Gap(model, measures), Loss(measures),
            Invariant($"Epoch {model.BestEpoch} of {model.History.Count} was the best on validation: more epochs would probably help."),
            measures.GapInterval.Low >= FitDiagnosis.MildGap ? "The gap is larger than chance explains, and validation still gains." : "",
        ],
        Fit.OverfitsClearly or Fit.OverfitsMildly =>
        [
            fit == Fit.OverfitsClearly ? "Overfits clearly." : "Overfits mildly.", Gap(model, measures), Loss(measures),
            model.History.Count == 0 ? "" : Invariant(
                $"The evaluated weights are those of epoch {model.BestEpoch}, the best on validation, which limits the harm."),
        ],
        Fit.NoEvidence =>
        [
            "No evidence either way.", Gap(model, measures), Loss(measures),
            "These images exclude neither a gap of 5 points nor one below 2; more validation images would tell.",
        ],
        _ => ["No sign of overfitting.", Gap(model, measures), Loss(measures)],
    };

    private static string Gap(ModelEvaluation model, FitMeasures measures) => !double.IsFinite(measures.Gap) ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"It labels {model.Train.Accuracy:P1} of its training images and {model.Validation.Accuracy:P1} of the validation images "
        + $"correctly, a gap of {Points(measures.Gap)} points (95 % interval {Points(measures.GapInterval.Low)} to "
        + $"{Points(measures.GapInterval.High)}).");

    private static string Lag(ModelEvaluation model, FitMeasures measures) => string.Create(
        CultureInfo.InvariantCulture,
        $"In epoch {model.BestEpoch}, training mode labelled {measures.TrainingModeAccuracy:P1} of the training images correctly; "
        + $"evaluation mode labels {model.Train.Accuracy:P1} of the same images, {Points(measures.LagInterval!.Low)} to "
        + $"{Points(measures.LagInterval.High)} points fewer (95 % interval).");

    private static string Loss(FitMeasures measures) => (measures.EarlyLoss, measures.LateLoss) is not ({ } early, { } late) ? ""
        : measures.LossChange <= -FitDiagnosis.ClearFall
            ? Invariant($"Validation loss fell from {early:0.000} to {late:0.000} nats in the last fifth of the epochs.")
        : measures.LossChange >= FitDiagnosis.MildRise
            ? Invariant($"In the last fifth of the epochs, validation loss was {measures.LossChange:P0} above its earlier minimum of ")
                + Invariant($"{early:0.000} nats{(measures.TrainingLossRose ? ", but training loss rose too" : "")}.")
        : Invariant($"Validation loss stayed near {Math.Min(early, late):0.000} nats in the last fifth of the epochs.");

    private static string Points(double difference) => (100 * difference).ToString("0.0;−0.0;0.0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
