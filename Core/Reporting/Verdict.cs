using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting;

/// <summary>The result of a run in a few sentences.</summary>
internal static class Verdict
{
    /// <summary>The significance level of all statements.</summary>
    public const double Level = 0.05;

    public static IReadOnlyList<string> Of(IReadOnlyList<ModelReport> models, ModelComparison comparison, string? winner, ReportData data)
    {
        if (winner is null)
        {
            return ["No model finished, so there is no winner. The failures are listed below."];
        }

        var contenders = comparison.Ranking.Where(rank => !rank.SideInformation || rank.Name == winner).ToArray();
        var best = contenders.First(rank => rank.Name == winner);
        var runnerUp = contenders.FirstOrDefault(rank => rank.Name != winner);
        return
        [
            .. Choice(models, best, runnerUp),
            .. Margin(models, comparison, best, runnerUp),
            .. TestLeader(contenders, best),
            .. AgainstStudy(best, data, models),
            .. Caveats(models, comparison, data),
        ];
    }

    /// <summary>The test of two models, with <paramref name="first"/> first; null if they were not paired.</summary>
    public static PairTest? Pair(ModelComparison comparison, string first, string second)
    {
        var pair =
            comparison.Pairs.FirstOrDefault(p => (p.First == first && p.Second == second) || (p.First == second && p.Second == first));
        if (pair is null || pair.First == first)
        {
            return pair;
        }

        return pair with
        {
            First = pair.Second,
            Second = pair.First,
            OnlyFirstRight = pair.OnlySecondRight,
            OnlySecondRight = pair.OnlyFirstRight,
            Difference = -pair.Difference,
            DifferenceInterval = pair.DifferenceInterval is { } interval ? new Interval(-interval.High, -interval.Low) : null,
        };
    }

    private static IEnumerable<string> Choice(IReadOnlyList<ModelReport> models, ModelRank best, ModelRank? runnerUp)
    {
        var voters = Voters(models, best);
        var seeds = voters > 0 ? $"vote of {voters} networks" : best.Seeds == 1 ? "one seed" : $"mean of {best.Seeds} seeds";
        yield return runnerUp is null
            ? $"{best.Title} is the only model to choose from: {Wording.Share(best.MeanValidationAccuracy)} of the validation images get "
                + $"the correct label ({seeds})."
            : $"{best.Title} wins. It was chosen on validation accuracy, {Wording.Share(best.MeanValidationAccuracy)} ({seeds}) against "
                + $"{Wording.Share(runnerUp.MeanValidationAccuracy)} for {runnerUp.Title}. The test set played no role.";
    }

    private static IEnumerable<string> Margin(
        IReadOnlyList<ModelReport> models, ModelComparison comparison, ModelRank best, ModelRank? runnerUp)
    {
        var report = models.Where(model => model.Name == best.Name).MinBy(model => model.Seed)!;
        var interval = report.Test.AccuracyInterval!;
        var seed = best.Seeds == 1 ? "" : $" with seed {report.Seed}";
        yield return $"Its accuracy on the test images{seed} is {Wording.Share(report.Test.Accuracy)} (95 % interval "
            + $"{Wording.Share(interval.Low)} to {Wording.Share(interval.High)}).";
        if (runnerUp is null || Pair(comparison, best.Name, runnerUp.Name) is not { } pair)
        {
            yield break;
        }

        var significant = pair.HolmPValue < Level;
        yield return $"The difference from {runnerUp.Title} on the test images is {Wording.Points(pair.Difference)} points (paired "
            + $"bootstrap 95 % interval {Wording.Points(pair.DifferenceInterval!.Low)} to "
            + $"{Wording.Points(pair.DifferenceInterval.High)}) and is {(significant ? "" : "not ")}statistically significant (exact "
            + $"McNemar test, Holm-adjusted {Wording.P(pair.HolmPValue)}).";
        if (best.Seeds == 1)
        {
            var once = Voters(models, best) > 0 ? "The ensemble was built once"
                : comparison.Ranking.All(rank => rank.Seeds == 1) ? "Each model was trained once"
                : $"{best.Title} was trained once";
            yield return $"{once}, so the test describes these trained networks, not the networks of other seeds.";
        }
    }

    /// <summary>Number of networks in an ensemble; 0 for a single network.</summary>
    private static int Voters(IReadOnlyList<ModelReport> models, ModelRank rank) =>
        models.First(model => model.Name == rank.Name).Members.Count;

    private static IEnumerable<string> TestLeader(ModelRank[] contenders, ModelRank best)
    {
        var leader = contenders.MaxBy(rank => double.IsFinite(rank.MeanTestAccuracy) ? rank.MeanTestAccuracy : 0)!;
        if (leader.Name != best.Name && leader.MeanTestAccuracy > best.MeanTestAccuracy)
        {
            yield return $"{leader.Title} is better on the test images ({Wording.Share(leader.MeanTestAccuracy)}), but it does not win: "
                + "a choice by the test set would make its test accuracy too optimistic.";
        }
    }

    private static IEnumerable<string> AgainstStudy(ModelRank best, ReportData data, IReadOnlyList<ModelReport> models)
    {
        var labels = ClassLabels.Of(data.Labels);
        if (!labels.ArePublished)
        {
            yield return "The study's figures are for the five labels and cannot be compared with this run on the "
                + $"{labels.Wording.Title.ToLowerInvariant()}.";
            yield break;
        }

        var published = PublishedStudy.Results.MaxBy(result => result.TestAccuracy)!;
        var difference = best.MeanTestAccuracy - published.TestAccuracy;
        var smaller = models.Where(model => model.Name == best.Name).Any(model => model.TrainImages < PublishedStudy.TrainImages);
        yield return $"The study's best published test accuracy is {Wording.Share(published.TestAccuracy)} "
            + $"({PublishedStudy.TitleOf(published)}); the winner here is {Distance(difference)} "
            + $"it{(smaller ? ", after training on fewer images" : "")}"
            + $"{(data.Split == DatasetSplit.Competition ? "" : ", on another split")}.";
    }

    private static string Distance(double difference) => Math.Abs(difference) < 0.0005
        ? "level with"
        : $"{Wording.Number(100 * Math.Abs(difference), "0.0")} points {(difference > 0 ? "above" : "below")}";

    private static IEnumerable<string> Caveats(IReadOnlyList<ModelReport> models, ModelComparison comparison, ReportData data)
    {
        if (data.Train < PublishedStudy.TrainImages || models.Any(model => model.TrainImages < PublishedStudy.TrainImages))
        {
            yield return $"This run used part of the data: {TrainImages(models)} of the study's "
                + $"{Wording.Count(PublishedStudy.TrainImages)} training images, {Wording.Count(data.Validation)} validation and "
                + $"{Wording.Count(data.Test)} test images. Its figures show that the pipeline works, not how good the models can be.";
        }

        foreach (var model in models.Where(model => model.Weights.StartsWith("random", StringComparison.OrdinalIgnoreCase))
            .DistinctBy(model => model.Name))
        {
            yield return $"{model.Title} did not start from its pretrained weights: {model.Weights}.";
        }

        foreach (var rank in comparison.Ranking.Where(rank => rank.SideInformation))
        {
            yield return $"{rank.Title} learned from labels that the competition did not provide (side information) and is shown "
                + "separately.";
        }
    }

    private static string TrainImages(IReadOnlyList<ModelReport> models)
    {
        var (fewest, most) = (models.Min(model => model.TrainImages), models.Max(model => model.TrainImages));
        return fewest == most ? Wording.Count(fewest) : $"{Wording.Count(fewest)} to {Wording.Count(most)}";
    }
}
