using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

internal static class PruningSection
{
    public static Section Of(ReportView view) => new("pruning", "Pruning", "The accuracy of networks after most of their weights were "
        + "removed.",
    [
        .. RatesDiffer(view) ? new Block[] { new Notice("The pruned models end with a falling learning rate, and the dense model does "
            + "not. A falling rate alone raises accuracy. For a fair comparison, train model4-annealed in the same run.") } : [],
        new Figures([new(PruningChart.Of(view), "Best validation accuracy of the epochs trained with that many weights. Dashed: the "
            + "dense model of the same run. Training reached the points one after the other, so those in between had few epochs to "
            + "recover.")]),
        new TableBlock(PruningTables.Pruned(view), "The ratio to the dense model is in brackets. Prediction is timed in batches on the "
            + "whole test set. Models that trained at the same time shared the machine."),
        new TableBlock(PruningTables.Steps(view)),
        new Terms(
        [
            new("By magnitude", "the smallest kernel weights of the whole network become zero permanently, step by step along a cubic "
                + "schedule (Zhu and Gupta 2017). The zeros stay in the file and are still multiplied, so size and time do not change."),
            new("By channels", "the filters and units with the smallest L1 norm of weights times BatchNorm scale are removed (Li et al. "
                + "2017, Liu et al. 2017). A smaller dense network remains, so size and time fall."),
            new("Multiply-accumulates", "products of the convolutions and dense layers for one image."),
        ]),
    ]);

    private static bool RatesDiffer(ReportView view)
    {
        return view.Document.Pruning.Any(pruned => pruned.Dense is { } dense && Falls(pruned.Name) && !Falls(dense));

        bool Falls(string name) =>
            view.Document.Configuration.Models.First(model => model.Name == name).Phases.Any(phase => phase.Schedule.EndFactor < 1);
    }
}
