using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>The progress of one training, for estimates.</summary>
/// <param name="Cost">The cost of all <paramref name="Epochs"/>, in the unit of <see cref="TrainingCost"/>.</param>
/// <param name="Epochs">Epochs done and those that may still come.</param>
/// <param name="Rows">The epochs done, in order.</param>
internal sealed record TrainingWork(double Cost, int Epochs, IReadOnlyList<EpochRow> Rows)
{
    private const int EpochsRemembered = 3;

    public int EpochsLeft => Epochs - Rows.Count;

    /// <summary>Mean of the last few epochs; null before the first.</summary>
    public double? SecondsPerEpoch => Rows.Count == 0 ? null : Rows.TakeLast(EpochsRemembered).Average(row => row.Seconds);
}

/// <summary>Estimates the remaining time from finished epochs.</summary>
internal static class RemainingTime
{
    /// <summary>
    /// Seconds that <paramref name="training"/> needs for its remaining epochs once it runs. The estimate uses its own pace; before
    /// its first epoch, it uses the pace of the others in proportion to the cost. Null before the first finished epoch of any
    /// training.
    /// </summary>
    public static double? Of(TrainingWork training, IReadOnlyList<TrainingWork> all)
    {
        if (training.SecondsPerEpoch is { } own)
        {
            return training.EpochsLeft * own;
        }

        var seconds = Busy(all);
        var cost = all.Sum(other => other.Cost * other.Rows.Count / other.Epochs);
        return seconds > 0 && cost > 0 ? training.Cost * seconds / cost : null;
    }

    /// <summary>
    /// Seconds until all of <paramref name="unfinished"/> are done. The estimate assumes as many trainings at once as so far, and
    /// is never shorter than the longest training.
    /// </summary>
    /// <param name="elapsed">Seconds since the run began.</param>
    public static double? OfAll(IReadOnlyList<TrainingWork> unfinished, IReadOnlyList<TrainingWork> all, double elapsed)
    {
        var left = unfinished.Select(training => Of(training, all)).ToList();
        if (left.Count == 0 || left.Contains(null))
        {
            return null;
        }

        var atOnce = elapsed > 0 ? Math.Clamp(Busy(all) / elapsed, 1, unfinished.Count) : 1;
        return Math.Max(left.Max()!.Value, left.Sum()!.Value / atOnce);
    }

    private static double Busy(IReadOnlyList<TrainingWork> all) => all.Sum(training => training.Rows.Sum(row => row.Seconds));
}
