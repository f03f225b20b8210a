using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

public static class PublishedSection
{
    public static Section Of(ReportView view)
    {
        var notes = view.Document.Models.Select(model => PublishedStudy.Of(model.Name)?.Note).OfType<string>().Distinct();
        return new Section("published", "Published and obtained", view.Ordinal
                ? "The study's own table, with what this run obtained under each of its rows."
                : "The study worked on the five labels, so only what was obtained is shown.",
        [
            new TableBlock(ResultTables.Comparison(view),
                "Time is that of the whole training, per sample and epoch in the next column; the study used a GPU, this run the machine named below. Obtained accuracy and loss are measured after training in evaluation mode with the weights of the best epoch."),
            new Bullets(
            [
                "The study's training figures are what Keras prints: the running mean of the last epoch, with dropout on and weights still moving. They are lower than a measurement after training; the like-for-like figures are in the learning curves and in tables/history.csv.",
                .. view.Ordinal ? notes : [],
                .. OtherSplit(view),
            ]),
        ]);
    }

    private static IEnumerable<string> OtherSplit(ReportView view)
    {
        if (view.Document.Data.Split == DatasetSplit.Original && view.Ordinal)
        {
            yield return "The study used the competition split; this run used the original one.";
        }
    }
}
