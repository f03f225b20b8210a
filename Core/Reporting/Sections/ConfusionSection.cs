using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Sections;

public static class ConfusionSection
{
    public static Section Of(ReportView view) => new("confusion", "Confusion", "What each label is taken for, on the test set.",
    [
        .. view.Groups.SelectMany(group => new Block[]
        {
            new Heading(group.Title),
            new Figures(
            [
                new(ReportCharts.Confusion(view, group), $"Number of images. The diagonal is right. {ReportCharts.Confusion(view, group).Description}"),
                new(ReportCharts.NormalisedConfusion(view, group), view.Labels.AreOrdered
                    ? "Percent of each true label; rows add up to 100. Mistakes that hug the diagonal are mistakes between neighbours."
                    : "Percent of each true label; rows add up to 100."),
            ]),
        }),
        .. ReportCharts.ConfusionDifference(view) is { } difference
            ? new Block[]
            {
                new Heading("The two best models, subtracted"),
                new Figures([new(difference, "Blue: the first model puts more of that true label there; orange: the second does. Blue on the diagonal and orange beside it speak for the first.")]),
            }
            : [],
    ]);
}
