using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

internal static class PerClassSection
{
    public static Section Of(ReportView view) =>
        new("per-class", "Label by label", "Which labels are easy and which are hard, on the test set.",
    [
        new Figures(
        [
            new(ReportCharts.Recall(view), "Share of each label's images that the model finds, with 95 % Wilson intervals. If the "
                + "intervals of two labels do not overlap, the model's recall differs between them."),
            new(ReportCharts.Precision(view), "Share of the images predicted to have a label that do have it. High recall with low "
                + "precision means that the model predicts that label too often."),
        ]),
        .. view.Groups.SelectMany(group => Model(view, group)),
        new Terms(
        [
            new("Precision", "of the images predicted to have the label, the share that have it."),
            new("Recall", "of the images that have the label, the share that are found."),
            new("F1", "harmonic mean of precision and recall. It has no interval, because it is not a share of independent images."),
            new("Support", "number of test images with the label."),
        ]),
    ]);

    private static IEnumerable<Block> Model(ReportView view, ModelGroup group)
    {
        var defined = group.First.PerClass.All(score => score.HasPrecision && score.HasRecall);
        yield return new TableBlock(LabelTables.PerClass(view, group), defined
            ? ""
            : "A dash: not defined, because no image has the label or is predicted to have it. The macro means count it as 0.");
        yield return new Paragraph(string.Join(' ', group.First.Statements));
        if (view.Labels.ArePublished && group.Name == "model4")
        {
            yield return new TableBlock(LabelTables.PublishedPerClass, "The study's figures come from held-out training images. The "
                + "figures above come from the test set.");
        }
    }
}
