namespace ServerlessFashion.Reporting;

/// <summary>Where the winner stands by the paired tests on the test images.</summary>
/// <param name="Contenders">The models that could win, the winner included, best validation accuracy first.</param>
/// <param name="Level">Contenders that the paired test cannot tell from the winner.</param>
/// <param name="Better">Contenders that are significantly better than the winner.</param>
/// <param name="Untested">Contenders that were tested on other images, so that there is no paired test.</param>
/// <param name="AllLevel">No two of the winner and <paramref name="Level"/> differ significantly.</param>
/// <param name="Reason">Why the winner was chosen: a clause that follows "because"; empty without another contender.</param>
internal sealed record Standing(
    ModelRank Winner, IReadOnlyList<ModelRank> Contenders, IReadOnlyList<ModelRank> Level, IReadOnlyList<ModelRank> Better,
    IReadOnlyList<ModelRank> Untested, bool AllLevel, string Reason)
{
    /// <summary>The contender with the next best validation accuracy; null if there is none.</summary>
    public ModelRank? RunnerUp => Contenders.FirstOrDefault(rank => rank.Name != Winner.Name);

    /// <summary>"Model 1 and Model 3 are level", or "Model 1 is level with Model 3 and Model 4" if those two differ.</summary>
    public string LevelWords => AllLevel
        ? $"{Wording.List([Winner.Title, .. Titles(Level)])} are level"
        : $"{Winner.Title} is level with {Wording.List(Titles(Level))}";

    /// <summary>The standing of the winner; null if no model finished.</summary>
    public static Standing? Of(IReadOnlyList<ModelReport> models, ModelComparison comparison, string? winner)
    {
        if (winner is null)
        {
            return null;
        }

        var contenders = comparison.Ranking.Where(rank => !rank.SideInformation || rank.Name == winner).ToArray();
        var best = contenders.First(rank => rank.Name == winner);
        var others = contenders.Where(rank => rank != best).Select(rank => (rank, Pair: comparison.PairOf(winner, rank.Name))).ToArray();
        ModelRank[] level = [.. others.Where(other => other.Pair is { IsSignificant: false }).Select(other => other.rank)];
        return new Standing(
            best, contenders, level,
            [.. others.Where(other => other.Pair is { IsSignificant: true, Difference: < 0 }).Select(other => other.rank)],
            [.. others.Where(other => other.Pair is null).Select(other => other.rank)],
            level.All(one => level.All(two => comparison.PairOf(one.Name, two.Name) is not { IsSignificant: true })),
            others.Length == 0 ? "" : ReasonOf(models, best, others[0].rank, others.Length > 1));
    }

    /// <summary>The titles of models, in their order.</summary>
    public static string[] Titles(IEnumerable<ModelRank> ranks) => [.. ranks.Select(rank => rank.Title)];

    /// <summary>Follows the order of <see cref="Evaluation.ModelRanking"/>.</summary>
    private static string ReasonOf(IReadOnlyList<ModelReport> models, ModelRank best, ModelRank second, bool several)
    {
        if (best.MeanValidationAccuracy > second.MeanValidationAccuracy || !double.IsFinite(second.MeanValidationAccuracy))
        {
            return several ? "its validation accuracy is the highest" : "its validation accuracy is higher";
        }

        var (first, other) = (Of(best), Of(second));
        return first.Average(model => model.Validation.Loss) < other.Average(model => model.Validation.Loss)
            ? "its validation loss is lower at equal validation accuracy"
            : first[0].Parameters < other[0].Parameters
            ? "it has fewer parameters at equal validation accuracy and loss"
            : "its name comes first at equal validation accuracy, loss and number of parameters";

        ModelReport[] Of(ModelRank rank) => [.. models.Where(model => model.Name == rank.Name)];
    }
}
