using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

internal static class PublishedSection
{
    public static Section Of(ReportView view)
    {
        var notes = view.Document.Models.Select(model => PublishedStudy.Of(model.Name)?.Note).OfType<string>().Distinct();
        return new Section("published", "Published and obtained", view.Labels.ArePublished
                ? "The study's own table, with the result of this run under each row."
                : "The study used the five labels, so this table shows only the results of this run.",
        [
            new TableBlock(ResultTables.Comparison(view),
                "Time covers the whole training; the next column gives it per sample and epoch. The study used a GPU, and this run used "
                    + "the machine named below. Obtained accuracy and loss are measured after training, in evaluation mode, with the "
                    + "weights of the best epoch."),
            new Bullets(
            [
                "The study's training figures are those that Keras prints: the running mean of the last epoch, with dropout on and "
                    + "weights still changing. They are lower than a measurement after training. The comparable figures are in the "
                    + "learning curves and in tables/history.csv.",
                .. view.Labels.ArePublished ? notes : [],
                .. OtherSplit(view),
            ]),
        ]);
    }

    private static IEnumerable<string> OtherSplit(ReportView view)
    {
        if (view.Document.Data.Split == DatasetSplit.Original && view.Labels.ArePublished)
        {
            yield return "The study used the competition split; this run used the original one.";
        }
    }
}
