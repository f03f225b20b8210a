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

    /// <summary>Validation was still getting better when training stopped.</summary>
    StillImproving,

    /// <summary>The data exclude a clear gap.</summary>
    FitsWell,

    /// <summary>
    /// The network is much worse in evaluation mode than in training mode on the same images, as happens while the moving statistics
    /// of BatchNorm follow the weights too slowly.
    /// </summary>
    BatchNormLags,

    /// <summary>The data exclude neither a clear gap nor the absence of one.</summary>
    NoEvidence,
}

/// <summary>
/// Over- and underfitting by fixed rules, the first that holds wins. <see cref="FitMeasures"/> defines the figures.
/// <list type="number">
/// <item><see cref="Fit.Failed"/>: a loss is not finite.</item>
/// <item>
/// <see cref="Fit.BatchNormLags"/>: the network has moving statistics, and the whole interval of the lag is at least 5 points.
/// </item>
/// <item><see cref="Fit.Failed"/>: validation accuracy is at most 1.1 / classes.</item>
/// <item><see cref="Fit.TooShortToTell"/>: fewer than 3 epochs.</item>
/// <item>
/// <see cref="Fit.StillImproving"/>: the best epoch is in the last tenth (at least: is the last), and the loss fell by at least 2 %.
/// </item>
/// <item><see cref="Fit.OverfitsClearly"/>: the whole interval of the gap is at least 5 points, or the loss rose by at least 25 %.</item>
/// <item><see cref="Fit.OverfitsMildly"/>: the whole interval of the gap is at least 2 points, or the loss rose by at least 10 %.</item>
/// <item><see cref="Fit.NoEvidence"/>: the interval of the gap reaches 5 points.</item>
/// <item><see cref="Fit.FitsWell"/> otherwise.</item>
/// </list>
/// A rise of the validation loss counts only if the training loss did not rise. A vote has no epochs and is judged by its gap.
/// </summary>
public sealed record FitDiagnosis(Fit Fit, FitMeasures Measures, string Text)
{
    public const int FewestEpochs = 3;
    public const double ClearGap = 0.05;
    public const double MildGap = 0.02;
    public const double ClearRise = 0.25;
    public const double MildRise = 0.10;
    public const double ClearLag = 0.05;
    public const double ClearFall = 0.02;
    public const double BetterThanGuessing = 1.1;

    /// <param name="hasMovingStatistics">True if the network has a BatchNorm. A vote has none of its own.</param>
    public static FitDiagnosis Of(ModelEvaluation model, bool hasMovingStatistics)
    {
        var measures = FitMeasures.Of(model);
        var fit = Judge(model, measures, hasMovingStatistics);
        return new FitDiagnosis(fit, measures, FitWords.Of(fit, model, measures));
    }

    private static Fit Judge(ModelEvaluation model, FitMeasures measures, bool hasMovingStatistics)
    {
        var finite = double.IsFinite(model.Train.Loss) && double.IsFinite(model.Validation.Loss)
            && model.History.All(row => double.IsFinite(row.TrainLoss) && double.IsFinite(row.ValidationLoss));
        if (!finite)
        {
            return Fit.Failed;
        }

        if (hasMovingStatistics && measures.LagInterval?.Low >= ClearLag)
        {
            return Fit.BatchNormLags;
        }

        if (!(model.Validation.Accuracy > BetterThanGuessing / Math.Max(1, model.ValidationScores.Classes)))
        {
            return Fit.Failed;
        }

        if (model.History.Count is > 0 and < FewestEpochs)
        {
            return Fit.TooShortToTell;
        }

        if (model.BestEpoch > 0.9 * model.History.Count && measures.LossChange <= -ClearFall)
        {
            return Fit.StillImproving;
        }

        return (measures.GapInterval.Low, measures.TrainingLossRose ? 0 : measures.LossChange) switch
        {
            ( >= ClearGap, _) or (_, >= ClearRise) => Fit.OverfitsClearly,
            ( >= MildGap, _) or (_, >= MildRise) => Fit.OverfitsMildly,
            _ => measures.GapInterval.High >= ClearGap ? Fit.NoEvidence : Fit.FitsWell,
        };
    }
}
