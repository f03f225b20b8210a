namespace ServerlessFashion.Chaos;

/// <summary>What the caller of an experiment chose, and where it reports.</summary>
/// <param name="Random">The source of all random moments.</param>
/// <param name="Count">How often each disturbance is tried; null for the experiment's own number.</param>
/// <param name="Only">Names of the parts to run; empty for all.</param>
internal sealed record ExperimentSetup(Random Random, int? Count, IReadOnlyList<string> Only, Tally Tally)
{
    /// <summary>How long an experiment of a chosen length runs; null for its own length.</summary>
    public TimeSpan? Duration { get; init; }

    private readonly HashSet<string> _parts = [];

    /// <summary>True if the caller wants this part of the experiment.</summary>
    public bool Wants(string part)
    {
        _parts.Add(part);
        return Only.Count == 0 || Only.Contains(part);
    }

    /// <summary>Call it after the experiment, which has then asked for each of its parts.</summary>
    /// <exception cref="InvalidInputException">The caller named a part that the experiment does not have.</exception>
    public void CheckParts()
    {
        if (Only.FirstOrDefault(part => !_parts.Contains(part)) is { } unknown)
        {
            throw new InvalidInputException($"--only: expected {string.Join(", ", _parts)}, found '{unknown}'.");
        }
    }

    /// <summary>A random time below <paramref name="limit"/>. Short times are more likely: the mean is a third of the limit.</summary>
    public TimeSpan RandomTime(TimeSpan limit) => limit * Math.Pow(Random.NextDouble(), 2);
}
