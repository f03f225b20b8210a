using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Reporting.Sections;

internal static class CostSection
{
    public static Section Of(ReportView view) => new("cost", "Cost", "The size and the time that accuracy costs.",
    [
        new Figures(
        [
            new(CostCharts.AgainstParameters(view), "Up and to the left is better: higher accuracy with fewer parameters. Bars are 95 "
                + "% intervals."),
            new(CostCharts.AgainstTrainingTime(view), "Wall time of the whole training on this machine. Models that trained side by "
                + "side shared its cores."),
            new(CostCharts.AgainstLatency(view), "Wall time of predicting the test set in batches, divided by the number of images. A "
                + "single image takes longer."),
        ]),
        new TableBlock(TrainingTables.Cost(view)),
        .. Budget(view.Document.Configuration),
    ]);

    private static IEnumerable<Block> Budget(RunConfiguration run)
    {
        if (run is { Budget: { } budget, RecipeEpochs: { } recipes })
        {
            var epochs = run.Models.Select(model => $"{model.Name} {Wording.Count(model.TotalEpochs)} of "
                + $"{Wording.Count(recipes[model.Name].Sum())}");
            yield return new Paragraph($"Epochs were chosen so that the run would end within {TimeBudget.Format(budget)}: "
                + $"{Wording.List([.. epochs])}.");
        }
    }
}
