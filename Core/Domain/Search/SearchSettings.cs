using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Search;

/// <summary>How a search chooses its trials.</summary>
public enum TrialSampler
{
    /// <summary>Uniformly from the space.</summary>
    Random,

    /// <summary>A third uniformly, and two more thirds by <see cref="ParzenSampler"/> from what the earlier ones have shown.</summary>
    Tpe,
}

/// <summary>A search in the configuration of its run.</summary>
public sealed record SearchSettings
{
    public const int MostTrials = 500;

    /// <summary>The seed with which every trial trains.</summary>
    public const int TrialSeed = 1;

    private const int Rounds = 3;

    /// <summary>The model whose options are searched.</summary>
    public required string Model { get; init; }

    /// <summary>The parameters in the order of the space's file.</summary>
    public required IReadOnlyDictionary<string, ParameterRange> Space { get; init; }

    [Range(2, MostTrials)]
    public required int Trials { get; init; }

    public required TrialSampler Sampler { get; init; }

    /// <summary>Seed of the draws of trials.</summary>
    public required int Seed { get; init; }

    /// <exception cref="InvalidInputException">The space or the number of trials is not usable.</exception>
    public IReadOnlyList<SearchParameter> Parameters()
    {
        SearchParameter[] parameters = [.. Space.Select(parameter => SearchParameter.Of(parameter.Key, parameter.Value))];
        if (parameters.Length == 0)
        {
            throw new InvalidInputException("space: it has no parameter; name at least one, such as learningRate.");
        }

        if (Trials is < 2 or > MostTrials)
        {
            throw new InvalidInputException($"trials: expected a whole number from 2 to {MostTrials}, found {Trials}.");
        }

        return parameters.All(parameter => parameter.Count is not null)
            && parameters.Aggregate(1d, (points, parameter) => points * parameter.Count!.Value) is var different && different < Trials
                ? throw new InvalidInputException(
                    $"trials: the space has {Quantity.Of((int)different, "different trial")}, fewer than the {Trials} that were asked for.")
                : parameters;
    }

    /// <summary>The number of trials of each round. A round is one schedule of <see cref="HalvingSchedule"/>.</summary>
    public IReadOnlyList<int> TrialsOfRounds()
    {
        var rounds = Sampler == TrialSampler.Tpe ? Math.Min(Rounds, Trials) : 1;
        return [.. Enumerable.Range(0, rounds).Select(round => (Trials / rounds) + (round < Trials % rounds ? 1 : 0))];
    }

    /// <summary>The name of a trial in its run, counted from 1: <c>model4-trial-07</c>.</summary>
    public string NameOf(int trial) => $"{Model}-trial-{trial.ToString(Trials < 100 ? "00" : "000", CultureInfo.InvariantCulture)}";
}
