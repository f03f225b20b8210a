using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Sections;

internal static class CurvesSection
{
    public static Section Of(ReportView view) => new("curves", "Learning curves", "Loss and accuracy, epoch by epoch.",
    [
        new Heading("All models"),
        new Figures(
        [
            new(CurveCharts.AllAccuracy(view), "Solid: validation. Dashed: training. Ring: the epoch whose weights are evaluated. "
                + "Higher is better. A model whose solid line falls behind its dashed line overfits."),
            new(CurveCharts.AllLoss(view), "The same for the loss; lower is better. Loss shows overfitting earlier than accuracy, "
                + "because it rises as soon as wrong predictions become more confident."),
        ]),
        .. view.Groups.Where(group => group.First.History.Count > 0).SelectMany(group => new Block[]
        {
            new Heading(group.Title),
            new Figures(
            [
                new(CurveCharts.Accuracy(group), Caption(group)),
                new(CurveCharts.Loss(group), LossCaption(group)),
            ]),
        }),
        new Terms(
        [
            new("Epoch", "one pass over all training images."),
            new("Training curve", "running mean over the epoch in training mode, as Keras prints it. Dropout makes the model look worse "
                + "than it is."),
            new("Validation curve", "measured after the epoch in evaluation mode."),
            new("Best epoch", "the epoch with the highest validation accuracy, the earliest if several are equal. Its weights are "
                + "evaluated."),
        ]),
    ]);

    private static string Caption(ModelGroup group)
    {
        var history = group.First.History;
        return history.Count == 0
            ? "No epoch was recorded."
            : $"Best epoch {group.First.BestEpoch} of {history.Count}.{StoppedEarly(group.First)} Training ends at "
                + $"{Wording.Share(history[^1].TrainAccuracy)}, validation at "
                + $"{Wording.Share(history[^1].ValidationAccuracy)}.{Seeds(group)}{Phases(group)}";
    }

    private static string StoppedEarly(ModelReport model) =>
        model.PlannedEpochs > model.Epochs ? $" Training {Wording.StoppedEarly(model.Epochs, model.PlannedEpochs.Value)}: validation no "
            + "longer improved." : "";

    private static string LossCaption(ModelGroup group)
    {
        var lowest = group.First.History.Where(row => double.IsFinite(row.ValidationLoss)).MinBy(row => row.ValidationLoss);
        return lowest is null
            ? "No finite validation loss was recorded."
            : $"Validation loss is lowest in epoch {lowest.Epoch} ({Wording.Share(lowest.ValidationLoss)}) and ends at "
                + $"{Wording.Share(group.First.History[^1].ValidationLoss)}.";
    }

    private static string Seeds(ModelGroup group) => group.Seeds.Count == 1 ? "" : $" One line for each of {group.Seeds.Count} seeds.";

    private static string Phases(ModelGroup group)
    {
        var phases = group.First.History.GroupBy(row => row.Phase).Select(phase => $"{phase.Key} from epoch {phase.Min(row => row.Epoch)}")
            .ToArray();
        return phases.Length < 2 ? "" : $" Phases: {Wording.List(phases)}.";
    }
}
