using System.Globalization;

namespace ServerlessFashion.Evaluation;

/// <summary>The diagnosis of a model's training by the rules of <see cref="FitDiagnosis"/>.</summary>
public enum Fit
{
    /// <summary>A loss is not finite, or accuracy on validation is no better than guessing.</summary>
    Failed,

    /// <summary>Fewer epochs than <see cref="FitDiagnosis.FewestEpochs"/>.</summary>
    TooShortToTell,
    OverfitsClearly,
    OverfitsMildly,

    /// <summary>No overfitting, and validation accuracy was still rising when training stopped.</summary>
    StillImproving,
    FitsWell,
}

/// <summary>
/// Over- and underfitting by fixed rules, the first that holds wins. Gap = accuracy on the training images minus
/// accuracy on the validation images, both in evaluation mode with the evaluated weights. It counts only where it is
/// larger than two standard errors of the validation accuracy. Rise = last epoch's validation loss over the lowest, minus 1.
/// <list type="number">
/// <item><see cref="Fit.Failed"/>: a loss is not finite, or validation accuracy is at most 1.1 / classes.</item>
/// <item><see cref="Fit.TooShortToTell"/>: fewer than 3 epochs.</item>
/// <item><see cref="Fit.OverfitsClearly"/>: gap of at least 5 points, or rise of at least 25 %.</item>
/// <item><see cref="Fit.OverfitsMildly"/>: gap of at least 2 points, or rise of at least 10 %.</item>
/// <item><see cref="Fit.StillImproving"/>: the best epoch is among the last tenth (at least: is the last).</item>
/// <item><see cref="Fit.FitsWell"/> otherwise.</item>
/// </list>
/// A rise counts only when the lowest validation loss lies before the last fifth of the epochs: one bad last epoch is noise.
/// </summary>
public sealed record FitDiagnosis(Fit Fit, double Gap, double GapNoise, double LossRise, int LowestLossEpoch, string Text)
{
    public const int FewestEpochs = 3;
    public const double ClearGap = 0.05;
    public const double MildGap = 0.02;
    public const double ClearRise = 0.25;
    public const double MildRise = 0.10;
    private const double BetterThanGuessing = 1.1;

    public static FitDiagnosis Of(ModelEvaluation model)
    {
        var images = Math.Max(1, model.ValidationScores.Count);
        var gap = model.Train.Accuracy - model.Validation.Accuracy;
        var noise = 2 * Math.Sqrt(model.Validation.Accuracy * (1 - model.Validation.Accuracy) / images);
        var lowest = model.History.Where(row => double.IsFinite(row.ValidationLoss)).MinBy(row => row.ValidationLoss);
        var last = model.History.Count == 0 ? null : model.History[^1];
        var rise = lowest is null || last is null || lowest.ValidationLoss <= 0 ? 0 : last.ValidationLoss / lowest.ValidationLoss - 1;
        var lowestEpoch = lowest?.Epoch ?? 0;
        var fit = Judge(model, gap > noise ? gap : 0, lowestEpoch <= 0.8 * model.History.Count ? rise : 0);
        return new FitDiagnosis(fit, gap, noise, rise, lowestEpoch, Describe(fit, model, gap, noise, rise, lowestEpoch));
    }

    private static Fit Judge(ModelEvaluation model, double gap, double rise)
    {
        var finite = double.IsFinite(model.Train.Loss) && double.IsFinite(model.Validation.Loss)
            && model.History.All(row => double.IsFinite(row.TrainLoss) && double.IsFinite(row.ValidationLoss));
        var guessing = BetterThanGuessing / Math.Max(1, model.ValidationScores.Classes);
        if (!finite || !(model.Validation.Accuracy > guessing))
        {
            return Fit.Failed;
        }

        // An ensemble has no epochs, but its gap is as informative as any other.
        if (model.History.Count is > 0 and < FewestEpochs)
        {
            return Fit.TooShortToTell;
        }

        return (gap, rise) switch
        {
            ( >= ClearGap, _) or (_, >= ClearRise) => Fit.OverfitsClearly,
            ( >= MildGap, _) or (_, >= MildRise) => Fit.OverfitsMildly,
            _ => model.BestEpoch > 0.9 * model.History.Count ? Fit.StillImproving : Fit.FitsWell,
        };
    }

    private static string Describe(Fit fit, ModelEvaluation model, double gap, double noise, double rise, int lowestEpoch)
    {
        var head = fit switch
        {
            Fit.Failed => "Training failed.",
            Fit.TooShortToTell => "Too few epochs to tell.",
            Fit.OverfitsClearly => "Overfits clearly.",
            Fit.OverfitsMildly => "Overfits mildly.",
            Fit.StillImproving => "No overfitting, and not finished.",
            _ => "No sign of overfitting.",
        };
        var epochs = model.History.Count;
        var accuracy = !double.IsFinite(gap)
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"It labels {model.Train.Accuracy:P1} of its training images and {model.Validation.Accuracy:P1} of the validation "
                + $"images right, a gap of {100 * gap:0.0} points (sampling noise: {100 * noise:0.0}).");
        var loss = fit == Fit.Failed
            ? "A loss is not finite or accuracy is no better than guessing; its figures should not be used."
            : epochs == 0 || lowestEpoch == 0 ? ""
            : rise < MildRise ? Invariant($"Validation loss was lowest in epoch {lowestEpoch} of {epochs} and stayed near it.")
            : Invariant($"Validation loss was lowest in epoch {lowestEpoch} of {epochs} and ended {rise:P0} above that.");
        var tail = fit switch
        {
            Fit.OverfitsClearly or Fit.OverfitsMildly =>
                Invariant($"The evaluated weights are those of epoch {model.BestEpoch}, the best on validation, which limits the harm."),
            Fit.StillImproving =>
                Invariant($"Epoch {model.BestEpoch} of {epochs} was the best on validation: more epochs would probably help."),
            _ => "",
        };
        return string.Join(' ', new[] { head, accuracy, loss, tail }.Where(sentence => sentence.Length > 0));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
