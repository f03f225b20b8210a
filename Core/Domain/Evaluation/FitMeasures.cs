namespace ServerlessFashion.Evaluation;

/// <summary>The figures that <see cref="FitDiagnosis"/> judges.</summary>
/// <param name="Gap">
/// Accuracy on the training images minus accuracy on the validation images, both in evaluation mode with the evaluated weights.
/// </param>
/// <param name="GapInterval">95 % interval of <paramref name="Gap"/>.</param>
/// <param name="TrainingModeAccuracy">Accuracy of the best epoch's training curve; null without epochs.</param>
/// <param name="LagInterval">
/// 95 % interval of the best epoch's accuracy in training mode minus the accuracy on the same images in evaluation mode; null without
/// epochs.
/// </param>
/// <param name="EarlyLoss">Lowest validation loss before the last fifth of the epochs; null with fewer than three epochs.</param>
/// <param name="LateLoss">Lowest validation loss in the last fifth of the epochs, at least the last two; null likewise.</param>
/// <param name="TrainingLossRose">
/// The last epoch's training loss is above that of the epoch with <paramref name="EarlyLoss"/>, so a rise of the validation loss is
/// no sign of overfitting.
/// </param>
public sealed record FitMeasures(
    double Gap, Interval GapInterval, double? TrainingModeAccuracy, Interval? LagInterval, double? EarlyLoss, double? LateLoss,
    bool TrainingLossRose)
{
    private const int FewestLateEpochs = 2;
    private const int LateShare = 5;

    /// <summary><see cref="LateLoss"/> / <see cref="EarlyLoss"/> - 1: above 0 validation got worse, below 0 better.</summary>
    public double LossChange => EarlyLoss > 0 && LateLoss is { } late ? late / EarlyLoss.Value - 1 : 0;

    public static FitMeasures Of(ModelEvaluation model)
    {
        var (train, validation) = (model.Train.Accuracy, model.Validation.Accuracy);
        var best = model.History.FirstOrDefault(row => row.Epoch == model.BestEpoch);
        var late = Math.Max(FewestLateEpochs, (model.History.Count + LateShare - 1) / LateShare);
        var early = model.History.SkipLast(late).MinBy(row => row.ValidationLoss);
        return new FitMeasures(
            train - validation,
            Interval.Difference(train, model.TrainImages, validation, model.ValidationScores.Count),
            best?.TrainAccuracy,
            best is null ? null : Interval.Difference(best.TrainAccuracy, model.TrainImages, train, model.TrainImages),
            early?.ValidationLoss,
            early is null ? null : model.History.TakeLast(late).Min(row => row.ValidationLoss),
            early is not null && model.History[^1].TrainLoss > early.TrainLoss);
    }
}
