using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

public static class PerClassSection
{
    public static Section Of(ReportView view) => new("per-class", "Label by label", "Which labels are easy, which are hard, on the test set.",
    [
        new Figures(
        [
            new(ReportCharts.Recall(view), "Share of each label's images that are found, with 95 % Wilson intervals. Labels whose intervals do not overlap really differ for that model."),
            new(ReportCharts.Precision(view), "Share of the images given a label that deserve it. High recall with low precision: the model names that label too freely."),
        ]),
        .. view.Groups.SelectMany(group => Model(view, group)),
        new Terms(
        [
            new("Precision", "of the images predicted to have the label, the share that have it."),
            new("Recall", "of the images that have the label, the share that are found."),
            new("F1", "harmonic mean of the two; no interval is given, since it is not a share of independent images."),
            new("Support", "number of test images with the label."),
        ]),
    ]);

    private static IEnumerable<Block> Model(ReportView view, ModelGroup group)
    {
        yield return new TableBlock(LabelTables.PerClass(view, group));
        yield return new Paragraph(string.Join(' ', group.First.Statements));
        if (view.Ordinal && group.Name == "model4")
        {
            yield return new TableBlock(LabelTables.PublishedPerClass, "The study's figures come from held-out training images, those above from the test set.");
        }
    }
}
