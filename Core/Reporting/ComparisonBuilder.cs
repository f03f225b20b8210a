using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting;

/// <summary>Ranks models by validation accuracy and compares them with each other on the test set.</summary>
internal static class ComparisonBuilder
{
    private const ulong BootstrapSeed = 657;

    /// <param name="titleOf">The name for people of the model of that name.</param>
    public static ModelComparison Build(IReadOnlyList<ModelAnalysis> models, Func<string, string> titleOf)
    {
        var firstSeeds = FirstSeeds(models);
        var right = firstSeeds.Select(model => model.Answers.AreRight).ToArray();
        var common = CommonErrors(firstSeeds, right);
        return new ModelComparison
        {
            Ranking = Rank([.. models.Select(model => model.Evaluation)], titleOf),
            Pairs = Pairs(firstSeeds, right),
            CochranQ = firstSeeds.Count < 2 ? null : PairedTests.CochranQ(right),
            CommonErrors = common,
            CommonErrorsIfIndependent = firstSeeds.Count < 2 || right[0].Length == 0
                ? null
                : right.Aggregate((double)right[0].Length, (images, row) => images * row.Count(hit => !hit) / row.Length),
        };
    }

    /// <summary>
    /// Returns one analysis per model in order of appearance: that of its smallest seed. It represents the model where single
    /// images matter. Models that were tested on other images than the first model cannot be paired and are omitted.
    /// </summary>
    private static IReadOnlyList<ModelAnalysis> FirstSeeds(IReadOnlyList<ModelAnalysis> models)
    {
        var first = models.GroupBy(model => model.Evaluation.Name).Select(seeds => seeds.MinBy(model => model.Evaluation.Seed)!).ToArray();
        return [.. first.Where(model => model.Answers.Ids.AsSpan().SequenceEqual(first[0].Answers.Ids))];
    }

    private static IReadOnlyList<ModelRank> Rank(IReadOnlyList<ModelEvaluation> evaluations, Func<string, string> titleOf) =>
    [
        .. ModelRanking.Order(evaluations)
            .Select(seeds => new ModelRank(
                seeds.Key, seeds.Count(), seeds.Average(seed => seed.Validation.Accuracy),
                seeds.Average(seed => seed.Test.Accuracy), StandardDeviation([.. seeds.Select(seed => seed.Test.Accuracy)]))
            {
                Title = titleOf(seeds.Key),
                SdValidationAccuracy = StandardDeviation([.. seeds.Select(seed => seed.Validation.Accuracy)]),
                SideInformation = seeds.Any(seed => seed.SideInformation),
            }),
    ];

    private static IReadOnlyList<PairTest> Pairs(IReadOnlyList<ModelAnalysis> models, bool[][] right)
    {
        var bootstrap = PairedBootstrap.Run(right, BootstrapSeed);
        var pairs = new List<PairTest>();
        for (var a = 0; a < models.Count; a++)
        {
            for (var b = a + 1; b < models.Count; b++)
            {
                var onlyFirst = right[a].Zip(right[b]).Count(hit => hit.First && !hit.Second);
                var onlySecond = right[a].Zip(right[b]).Count(hit => !hit.First && hit.Second);
                pairs.Add(
                    new PairTest(
                        models[a].Evaluation.Name, models[b].Evaluation.Name, onlyFirst, onlySecond,
                        PairedTests.McNemarExact(onlyFirst, onlySecond))
                    {
                        Corrected = PairedTests.McNemarCorrected(onlyFirst, onlySecond),
                        Difference = right[a].Length == 0 ? 0 : (double)(onlyFirst - onlySecond) / right[a].Length,
                        DifferenceInterval = bootstrap.Difference(a, b),
                    });
            }
        }

        var adjusted = PairedTests.Holm([.. pairs.Select(pair => pair.PValue)]);
        return [.. pairs.Select((pair, i) => pair with { HolmPValue = adjusted[i] })];
    }

    private static int[] CommonErrors(IReadOnlyList<ModelAnalysis> models, bool[][] right) =>
        models.Count == 0 ? [] : [.. models[0].Answers.Ids.Where((_, image) => right.All(row => !row[image]))];

    private static double StandardDeviation(double[] values)
    {
        var mean = values.Average();
        return values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
