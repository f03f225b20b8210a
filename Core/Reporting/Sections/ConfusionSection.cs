using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Sections;

internal static class ConfusionSection
{
    public static Section Of(ReportView view) => new("confusion", "Confusion", "Which labels the models confuse, on the test set.",
    [
        .. view.Groups.SelectMany(group => new Block[]
        {
            new Heading(group.Title),
            new Figures(
            [
                new(ReportCharts.Confusion(view, group), "Number of images. The diagonal holds the correct labels. "
                    + $"{ReportCharts.Confusion(view, group).Description}"),
                new(ReportCharts.NormalisedConfusion(view, group), view.Labels.AreOrdered
                    ? "Percent of each true label; rows add up to 100. Cells next to the diagonal are mistakes by one label."
                    : "Percent of each true label; rows add up to 100."),
            ]),
        }),
        .. ReportCharts.ConfusionDifference(view) is { } difference
            ? new Block[]
            {
                new Heading("Difference between the two best models"),
                new Figures([new(difference, "Blue: the first model predicts this label more often for this true label. Orange: the "
                    + "second model does. Blue on the diagonal and orange beside it favour the first model.")]),
            }
            : [],
    ]);
}
