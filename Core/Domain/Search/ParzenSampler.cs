using ServerlessFashion.Data;

namespace ServerlessFashion.Search;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra et al. 2011) on the observations of one rung, as in BOHB (Falkner et al. 2018,
/// arXiv:1807.01774): of some points drawn from the density of good trials, the one where good trials are densest relative to bad
/// ones. Parameters count as independent. The same seed and observations always give the same points.
/// </summary>
public sealed class ParzenSampler(IReadOnlyList<SearchParameter> parameters, SplitMix64 random)
{
    private const double GoodShare = .25;
    private const int Candidates = 24;

    /// <summary>A point for each parameter.</summary>
    /// <param name="observations">Of any rungs. The rung with the most epochs that has enough of them is used.</param>
    public IReadOnlyList<double> Draw(IReadOnlyList<Observation> observations)
    {
        var known = Comparable(observations);
        if (known is [])
        {
            return [.. parameters.Select(_ => random.NextUnit())];
        }

        var good = known.Take(Math.Max(1, (int)Math.Ceiling(GoodShare * known.Count))).ToList();
        var bad = known.Skip(good.Count).ToList();
        var densities = parameters.Select((parameter, index) => (
            Good: ParzenDensity.Of(parameter, [.. good.Select(trial => trial.Points[index])]),
            Bad: ParzenDensity.Of(parameter, [.. bad.Select(trial => trial.Points[index])]))).ToList();
        return Enumerable.Range(0, Candidates)
            .Select(_ => densities.Select(density => density.Good.Draw(random)).ToArray())
            .MaxBy(points => points.Zip(densities, (point, density) => Math.Log(density.Good.At(point) / density.Bad.At(point))).Sum())!;
    }

    /// <summary>The observations of one rung, the best first; none where every rung has too few to tell good from bad.</summary>
    private List<Observation> Comparable(IReadOnlyList<Observation> observations) =>
        observations.GroupBy(trial => trial.Epochs).OrderByDescending(rung => rung.Key)
            .Where(rung => rung.Count() >= parameters.Count + 2)
            .Select(rung => rung.OrderByDescending(trial => trial.Accuracy).ToList())
            .FirstOrDefault() ?? [];
}
