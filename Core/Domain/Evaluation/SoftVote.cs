namespace ServerlessFashion.Evaluation;

/// <summary>Combines several models by the mean of their probabilities (soft vote with equal weights).</summary>
public static class SoftVote
{
    /// <summary>The smallest probability; it keeps the logarithm finite.</summary>
    public const double Floor = 1e-12;

    /// <summary>Logits of the vote: the logarithm of the members' mean probability.</summary>
    /// <exception cref="InvalidInputException">There is no member, or the members were measured on different images.</exception>
    public static ScoredSet Of(IReadOnlyList<ScoredSet> members)
    {
        if (members.Count == 0
            || members.Any(member => !member.Ids.AsSpan().SequenceEqual(members[0].Ids) || member.Classes != members[0].Classes))
        {
            throw new InvalidInputException("ensemble: expected at least one member, all of them measured on the same images.");
        }

        var sums = new double[members[0].Logits.Length];
        foreach (var probabilities in members.Select(member => ClassProbabilities.Softmax(member)))
        {
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += probabilities[i];
            }
        }

        return members[0] with { Logits = Array.ConvertAll(sums, sum => (float)Math.Log(Math.Max(sum / members.Count, Floor))) };
    }
}
