using ServerlessFashion.Data;
using ServerlessFashion.Phrases;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Search;

/// <summary>
/// Chooses the trials of a round. The choice follows from the settings and the earlier trials alone, so a search that was interrupted
/// goes on with the same trials.
/// </summary>
public static class TrialProposals
{
    /// <summary>Draws of a sampler that may repeat an earlier trial; later draws are uniform, which reach every trial.</summary>
    private const int MostRepeats = 100;

    /// <summary>Draws after which the space counts as without further trials.</summary>
    private const int MostDraws = 20_000;

    /// <param name="round">Counted from 1.</param>
    /// <param name="earlier">The trials of earlier rounds.</param>
    /// <param name="observations">What they have shown; none for uniform draws.</param>
    /// <param name="canTrain">Whether a model can have these values together; null for all values.</param>
    /// <exception cref="InvalidInputException">Too few values of the space can be trained together.</exception>
    public static IReadOnlyList<Trial> Of(
        SearchSettings settings, int round, IReadOnlyList<Trial> earlier, IReadOnlyList<Observation> observations,
        Func<IReadOnlyDictionary<string, OptionValue>, bool>? canTrain = null)
    {
        var parameters = settings.Parameters();
        var random = new SplitMix64(unchecked(((ulong)(uint)settings.Seed << 32) + (ulong)round));
        var sampler = new ParzenSampler(parameters, random);
        var used = earlier.Select(trial => KeyOf(trial.Values)).ToHashSet();
        var trials = new List<Trial>();
        for (var draws = 0; trials.Count < settings.TrialsOfRounds()[round - 1]; draws++)
        {
            if (draws == MostDraws)
            {
                throw new InvalidInputException(
                    $"space: only {Quantity.Of(earlier.Count + trials.Count, "trial")} of {settings.Trials} can be trained; the other "
                    + "values do not fit together.");
            }

            var points = sampler.Draw(draws < MostRepeats + trials.Count ? observations : []);
            var values = parameters.Zip(points).ToDictionary(pair => pair.First.Name, pair => pair.First.ValueAt(pair.Second));
            if (used.Add(KeyOf(values)) && (canTrain is null || canTrain(values)))
            {
                trials.Add(new Trial(settings.NameOf(earlier.Count + trials.Count + 1), round, values));
            }
        }

        return trials;
    }

    /// <summary>The points of a trial's values, in the order of the parameters.</summary>
    public static IReadOnlyList<double> PointsOf(Trial trial, IReadOnlyList<SearchParameter> parameters) =>
        [.. parameters.Select(parameter => parameter.PointOf(trial.Values[parameter.Name]))];

    private static string KeyOf(IReadOnlyDictionary<string, OptionValue> values) =>
        string.Join('|', values.Select(value => value.Value.Text));
}
