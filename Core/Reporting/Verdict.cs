using ServerlessFashion.Data;

namespace ServerlessFashion.Reporting;

/// <summary>The result of a run in a few sentences.</summary>
internal static class Verdict
{
    /// <summary>The significance level of all statements.</summary>
    public const double Level = 0.05;

    /// <param name="member">What tells the trainings of a model apart: their seed, or their fold.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<ModelReport> models, ModelComparison comparison, string? winner, ReportData data, ClassLabels labels,
        string member = Wording.Seed)
    {
        if (Standing.Of(models, comparison, winner) is not { } standing)
        {
            return ["No model finished, so there is no winner. The failures are listed below."];
        }

        return
        [
            Choice(models, standing, member),
            .. Margin(models, comparison, standing, member),
            .. TestLeader(comparison, standing),
            .. AgainstStudy(standing.Winner, data, labels, models),
            .. Caveats(models, comparison, data, labels),
        ];
    }

    private static string Choice(IReadOnlyList<ModelReport> models, Standing standing, string member)
    {
        var best = standing.Winner;
        var voters = Voters(models, best);
        var seeds = voters > 0 ? $"vote of {voters} networks" : best.Seeds == 1 ? $"one {member}" : $"mean of {best.Seeds} {member}s";
        if (standing.RunnerUp is not { } runnerUp)
        {
            return $"{best.Title} is the only model to choose from: {Wording.Share(best.MeanValidationAccuracy)} of the validation images "
                + $"get the correct label ({seeds}).";
        }

        var start = standing switch
        {
            { Level.Count: > 0 } => $"{standing.LevelWords}: the paired test finds no significant difference on the test images. "
                + $"{best.Title} is chosen",
            { Better.Count: > 0 } or { Untested.Count: > 0 } => $"{best.Title} is chosen",
            _ => $"{best.Title} wins. It is chosen",
        };
        return $"{start} because {standing.Reason}: {Wording.Share(best.MeanValidationAccuracy)} ({seeds}) against "
            + $"{Wording.Share(runnerUp.MeanValidationAccuracy)} for {runnerUp.Title}. The test set plays no role in the choice.";
    }

    private static IEnumerable<string> Margin(
        IReadOnlyList<ModelReport> models, ModelComparison comparison, Standing standing, string member)
    {
        var best = standing.Winner;
        var report = models.Where(model => model.Name == best.Name).MinBy(model => model.Seed)!;
        var interval = report.Test.AccuracyInterval!;
        var seed = best.Seeds == 1 ? "" : $" with {member} {report.Seed}";
        yield return $"Its accuracy on the test images{seed} is {Wording.Share(report.Test.Accuracy)} (95 % interval "
            + $"{Wording.Share(interval.Low)} to {Wording.Share(interval.High)}).";
        foreach (var rank in standing.Untested)
        {
            yield return $"{rank.Title} was tested on other images, so no paired test compares the two.";
        }

        if (standing.RunnerUp is not { } runnerUp || comparison.PairOf(best.Name, runnerUp.Name) is not { } pair)
        {
            yield break;
        }

        var seeds = best.Seeds > 1 || runnerUp.Seeds > 1 ? $", with the first {member} of each," : "";
        yield return $"The difference from {runnerUp.Title} on the test images{seeds} is {Wording.Points(pair.Difference)} points (paired "
            + $"bootstrap 95 % interval {Wording.Points(pair.DifferenceInterval!)}) and is {(pair.IsSignificant ? "" : "not ")}"
            + $"statistically significant (exact McNemar test, Holm-adjusted {Wording.P(pair.HolmPValue)}).";
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

    private static IEnumerable<string> TestLeader(ModelComparison comparison, Standing standing)
    {
        var best = standing.Winner;
        var leader = standing.Contenders.MaxBy(rank => double.IsFinite(rank.MeanTestAccuracy) ? rank.MeanTestAccuracy : 0)!;
        if (leader.Name == best.Name || !(leader.MeanTestAccuracy > best.MeanTestAccuracy))
        {
            yield break;
        }

        var lead = comparison.PairOf(leader.Name, best.Name) switch
        {
            { IsSignificant: true, Difference: > 0 } => "is better on the test images",
            null => "has the higher test accuracy, on other images",
            _ => "has the higher test accuracy, though not significantly",
        };
        yield return $"{leader.Title} {lead} ({Wording.Share(leader.MeanTestAccuracy)}). It is not chosen for that: a choice by the test "
            + "set would make its test accuracy too optimistic.";
    }

    private static IEnumerable<string> AgainstStudy(
        ModelRank best, ReportData data, ClassLabels labels, IReadOnlyList<ModelReport> models)
    {
        if (!labels.AreOfFashionMnist)
        {
            yield break;
        }

        if (!labels.ArePublished)
        {
            yield return "The study's figures are for the five labels and cannot be compared with this run on the "
                + $"{labels.Wording.Title.ToLowerInvariant()}.";
            yield break;
        }

        var published = PublishedStudy.Best;
        var difference = best.MeanTestAccuracy - published.TestAccuracy;
        var smaller = models.Where(model => model.Name == best.Name).Any(model => model.TrainImages < PublishedStudy.TrainImages);
        var interval = PublishedStudy.DifferenceFromBest(best.MeanTestAccuracy, data.Test);
        var apart = interval.Contains(0) ? ", so the test images cannot tell the two apart" : "";
        yield return $"The study's best published test accuracy is {Wording.Share(published.TestAccuracy)} "
            + $"({PublishedStudy.TitleOf(published)}); {best.Title} here is {Distance(difference)} "
            + $"it (95 % interval {Wording.Points(interval)} points{apart})"
            + $"{(smaller ? ", after training on fewer images" : "")}"
            + $"{(data.Split == DatasetSplit.Competition ? "" : ", on another split")}.";
    }

    private static string Distance(double difference) => Math.Abs(difference) < 0.0005
        ? "level with"
        : $"{Wording.Number(100 * Math.Abs(difference), "0.0")} points {(difference > 0 ? "above" : "below")}";

    private static IEnumerable<string> Caveats(
        IReadOnlyList<ModelReport> models, ModelComparison comparison, ReportData data, ClassLabels labels)
    {
        var isPart = labels.AreOfFashionMnist
            && (data.Train < PublishedStudy.TrainImages || models.Any(model => model.TrainImages < PublishedStudy.TrainImages));
        if (isPart)
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
