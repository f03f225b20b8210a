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
                new("Loss", "mean cross-entropy in nats. It is small if the correct label gets a high probability."),
            ]),
        ]);
    }

    private static IReadOnlyList<Fact> Facts(ReportView view, ModelGroup winner)
    {
        var document = view.Document;
        var standing = Standing.Of(document.Models, document.Comparison, winner.Name)!;
        var interval = winner.First.Test.AccuracyInterval!;
        return
        [
            Choice(standing, winner),
            new("Test accuracy", Spread(winner), $"95 % interval {Wording.Share(interval.Low)} to {Wording.Share(interval.High)}"
                + (winner.Seeds.Count > 1 ? $" with {view.Member} {winner.First.Seed}" : "")),
            .. Against(document.Comparison, standing, view.Member),
            .. view.Labels.ArePublished ? [AgainstStudy(winner, document.Data.Test)] : Array.Empty<Fact>(),
        ];
    }

    private static Fact Choice(Standing standing, ModelGroup winner)
    {
        var validation = $"validation accuracy {Wording.Share(winner.Mean(seed => seed.Validation.Accuracy))}";
        return standing switch
        {
            { RunnerUp: null } => new Fact("Only model", winner.Title, validation),
            { Level.Count: > 0 } => new Fact(
                "Chosen", winner.Title, $"level with {Wording.List(Standing.Titles(standing.Level))} on test; {validation}"),
            { Better.Count: > 0 } or { Untested.Count: > 0 } => new Fact("Chosen", winner.Title, validation),
            _ => new Fact("Winner", winner.Title, validation),
        };
    }

    private static IEnumerable<Fact> Against(ModelComparison comparison, Standing standing, string member)
    {
        if (standing.RunnerUp is { } runnerUp && comparison.PairOf(standing.Winner.Name, runnerUp.Name) is { } pair)
        {
            var result = !pair.IsSignificant ? "level" : pair.Difference > 0 ? "better" : "worse";
            var seeds = standing.Winner.Seeds > 1 || runnerUp.Seeds > 1 ? $", first {member} of each" : "";
            yield return new Fact(
                $"Against {runnerUp.Title}", $"{Wording.Points(pair.Difference)} points",
                $"on test{seeds}: {result}, 95 % interval {Wording.Points(pair.DifferenceInterval!)} points, {Wording.P(pair.HolmPValue)}");
        }
    }

    private static Fact AgainstStudy(ModelGroup winner, int testImages)
    {
        var accuracy = winner.Mean(seed => seed.Test.Accuracy);
        var best = PublishedStudy.Best.TestAccuracy;
        var interval = Wording.Points(PublishedStudy.DifferenceFromBest(accuracy, testImages));
        return new Fact(
            "Against the study's best", $"{Wording.Points(accuracy - best)} points",
            $"published: {Wording.Share(best)}; 95 % interval {interval} points");
    }

    private static string Spread(ModelGroup group) => group.Seeds.Count == 1
        ? Wording.Share(group.First.Test.Accuracy)
        : $"{Wording.Share(group.Mean(seed => seed.Test.Accuracy))} ± {Wording.Share(group.Deviation(seed => seed.Test.Accuracy))}";

    private static string SeedNote(ReportView view) => view.Groups.Any(group => group.Seeds.Count > 1)
        ? $"Mean ± sample standard deviation over {view.Member}s. The interval and all results for single images come from the first "
            + $"{view.Member}. All figures of a row are those of the best epoch."
        : "One seed per model. The interval covers the choice of test images, not the randomness of training. All figures of a row are "
            + "those of the best epoch.";
}
