using ServerlessFashion.Evaluation;
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
                + "Higher is better. A solid line below its dashed line is a gap; the section Overfitting says whether it is more than "
                + "chance."),
            new(CurveCharts.AllLoss(view), "The same for the loss, in nats; lower is better. The validation loss also rises where wrong "
                + "predictions become more confident."),
        ]),
        .. view.Groups.Where(group => group.First.History.Count > 0).SelectMany(group => new Block[]
        {
            new Heading(group.Title),
            new Figures(
            [
                new(CurveCharts.Accuracy(group), Caption(view, group)),
                new(CurveCharts.Loss(group), LossCaption(group)),
            ]),
        }),
        new Terms(
        [
            new("Epoch", "one pass over all training images."),
            new("Training curve", "running mean over the epoch in training mode, as Keras prints it: the weights still change, and "
                + "dropout is on where the network has it. It is not the accuracy of the finished network."),
            new("Validation curve", "measured after the epoch in evaluation mode."),
            new("Best epoch", "the epoch with the highest validation accuracy, the earliest if several are equal. Its weights are "
                + "evaluated."),
        ]),
    ]);

    private static string Caption(ReportView view, ModelGroup group)
    {
        var (model, history) = (group.First, group.First.History);
        return history.Count == 0
            ? "No epoch was recorded."
            : $"Best epoch {model.BestEpoch} of {history.Count}{Accuracies(model.BestRow)}.{StoppedEarly(model)}"
                + (model.BestEpoch == history[^1].Epoch ? "" : $" Last epoch{Accuracies(history[^1])}.")
                + Seeds(view, group) + Phases(group);
    }

    private static string Accuracies(EpochRow? row) => row is null
        ? ""
        : $": training {Wording.Share(row.TrainAccuracy)}, validation {Wording.Share(row.ValidationAccuracy)}";

    private static string StoppedEarly(ModelReport model) =>
        model.PlannedEpochs > model.Epochs ? $" Training {Wording.StoppedEarly(model.Epochs, model.PlannedEpochs.Value)}: validation no "
            + "longer improved." : "";

    private static string LossCaption(ModelGroup group)
    {
        var model = group.First;
        var lowest = model.History.Where(row => double.IsFinite(row.ValidationLoss)).MinBy(row => row.ValidationLoss);
        return lowest is null
            ? "No finite validation loss was recorded."
            : $"Validation loss is {Wording.Share(model.BestRow?.ValidationLoss ?? double.NaN)} nats in the best epoch, {model.BestEpoch}, "
                + $"and lowest in epoch {lowest.Epoch}, {Wording.Share(lowest.ValidationLoss)} nats."
                + (model.BestEpoch == model.History[^1].Epoch
                    ? ""
                    : $" Last epoch: {Wording.Share(model.History[^1].ValidationLoss)} nats.");
    }

    private static string Seeds(ReportView view, ModelGroup group) =>
        group.Seeds.Count == 1 ? "" : $" One line for each of {group.Seeds.Count} {view.Member}s.";

    private static string Phases(ModelGroup group)
    {
        var phases = group.First.History.GroupBy(row => row.Phase).Select(phase => $"{phase.Key} from epoch {phase.Min(row => row.Epoch)}")
            .ToArray();
        return phases.Length < 2 ? "" : $" Phases: {Wording.List(phases)}.";
    }
}
