using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

public static class PruningSection
{
    public static Section Of(ReportView view) => new("pruning", "Pruning", "What a network still knows when most of it has been taken away.",
    [
        .. RatesDiffer(view) ? new Block[] { new Notice("The pruned models end with a falling learning rate, the dense one they stand beside does not, and a falling rate alone raises accuracy. Train model4-annealed in the same run for a comparison of like with like.") } : [],
        new Figures([new(PruningChart.Of(view), "Best validation accuracy of the epochs trained with that many weights; dashed: the dense model of the same run. The points were passed in the order of training, so those in between had few epochs to recover.")]),
        new TableBlock(PruningTables.Pruned(view), "In brackets the ratio to the dense model. Prediction is timed in batches on the whole test set; models that trained at the same time shared the machine with it."),
        new TableBlock(PruningTables.Steps(view)),
        new Terms(
        [
            new("By magnitude", "the smallest kernel weights of the whole network become zero for good, step by step along a cubic schedule (Zhu and Gupta 2017). The zeros still stand in the file and are still multiplied, so size and time stay."),
            new("By channels", "whole filters and units go, those with the smallest L1 norm of weights times BatchNorm scale (Li et al. 2017, Liu et al. 2017). A smaller dense network is left, so size and time fall."),
            new("Multiply-accumulates", "products of the convolutions and dense layers for one image."),
        ]),
    ]);

    private static bool RatesDiffer(ReportView view)
    {
        return view.Document.Pruning.Any(pruned => pruned.Dense is { } dense && Falls(pruned.Name) && !Falls(dense));

        bool Falls(string name) => view.Document.Configuration.Models.First(model => model.Name == name).Phases.Any(phase => phase.Schedule.EndFactor < 1);
    }
}
