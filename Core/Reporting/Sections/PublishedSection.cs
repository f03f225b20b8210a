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
                .. RunningMeans(view),
                .. view.Labels.ArePublished ? notes : [],
                .. OtherSplit(view),
            ]),
        ]);
    }

    /// <summary>
    /// Keras prints running means, so they stand beside the study's figures. This run tells whether they differ from a measurement.
    /// </summary>
    private static IEnumerable<string> RunningMeans(ReportView view)
    {
        var models = view.Groups.Where(group => PublishedStudy.Of(group.Name) is not null && group.First.History.Count > 0).ToArray();
        if (!view.Labels.ArePublished || models.Length == 0)
        {
            yield break;
        }

        var figures = models.Select(group => $"{group.Title} {Wording.Share(group.First.History[^1].TrainAccuracy)}");
        yield return "The study's training figures are those that Keras prints: the running mean of the last epoch, with dropout on and "
            + $"weights still changing. The same figures of this run are {Wording.List([.. figures])} (accuracy, first seed); those in the "
            + "table are measured after training.";
    }

    private static IEnumerable<string> OtherSplit(ReportView view)
    {
        if (view.Document.Data.Split == DatasetSplit.Original && view.Labels.ArePublished)
        {
            yield return "The study used the competition split; this run used the original one.";
        }
    }
}
