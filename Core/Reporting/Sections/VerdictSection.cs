using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

/// <summary>The winner, its margin, and the significance.</summary>
internal static class VerdictSection
{
    public static Section Of(ReportView view)
    {
        var document = view.Document;
        if (view.Winner is not { } winner)
        {
            return new Section("verdict", "Verdict", document.Verdict[0], []);
        }

        return new Section("verdict", "Verdict", document.Verdict[0],
        [
            new Facts(Facts(view, winner)),
            new Bullets([.. document.Verdict.Skip(1)]),
            new TableBlock(ResultTables.Ranking(view), SeedNote(view)),
            new Terms(
            [
                new("Validation accuracy", "share of held-out training images with a correct prediction. It chooses the epochs and the "
                    + "winner."),
                new("Test accuracy", "the same on images that chose neither an epoch nor the winner. It is the figure to rely on."),
                new("95 % interval", "Wilson's interval for a share: the uncertainty that follows from the number of images. To compare "
                    + "two models on the same images, use the paired tests below."),
                new("Macro F1", "mean over labels of the harmonic mean of precision and recall. Every label counts equally."),
                new("Loss", "cross-entropy in nats. It is small if the correct label gets a high probability."),
            ]),
        ]);
    }

    private static IReadOnlyList<Fact> Facts(ReportView view, ModelGroup winner)
    {
        var ranking = view.Document.Comparison.Ranking;
        var runnerUp = ranking.FirstOrDefault(rank => rank.Name != winner.Name && (!rank.SideInformation || winner.First.SideInformation));
        var pair = runnerUp is null ? null : Verdict.Pair(view.Document.Comparison, winner.Name, runnerUp.Name);
        var interval = winner.First.Test.AccuracyInterval!;
        var published = PublishedStudy.Results.Max(result => result.TestAccuracy);
        return
        [
            new("Winner", winner.Title, $"best on validation: {Wording.Share(winner.Mean(seed => seed.Validation.Accuracy))}"),
            new("Test accuracy", Spread(winner), $"95 % interval {Wording.Share(interval.Low)} to {Wording.Share(interval.High)}"),
            .. pair is null
                ? Array.Empty<Fact>()
                : [new Fact($"Against {runnerUp!.Title}", $"{Wording.Points(pair.Difference)} points", "on test, "
                    + $"{(pair.HolmPValue < Verdict.Level ? "significant" : "not significant")}, {Wording.P(pair.HolmPValue)}")],
            .. view.Labels.ArePublished
                ? [new Fact(
                    "Against the study's best", $"{Wording.Points(winner.Mean(seed => seed.Test.Accuracy) - published)} points",
                    $"published: {Wording.Share(published)}")]
                : Array.Empty<Fact>(),
        ];
    }

    private static string Spread(ModelGroup group) => group.Seeds.Count == 1
        ? Wording.Share(group.First.Test.Accuracy)
        : $"{Wording.Share(group.Mean(seed => seed.Test.Accuracy))} ± {Wording.Share(group.Deviation(seed => seed.Test.Accuracy))}";

    private static string SeedNote(ReportView view) => view.Groups.Any(group => group.Seeds.Count > 1)
        ? "Mean ± sample standard deviation over seeds. The interval and all results for single images come from the first seed."
        : "One seed per model. The interval covers the choice of test images, not the randomness of training.";
}
