using ServerlessFashion.Evaluation;
using ServerlessFashion.Models;

namespace ServerlessFashion.Runs;

/// <summary>An epoch's place in a training: the index of its phase, and its number in that phase, counted from 1.</summary>
public readonly record struct PhaseEpoch(int Phase, int Epoch);

/// <summary>
/// The position of a training in its phases. Early stopping may end a phase before its last epoch. The position is a function of
/// phases and history alone, so every reader of a history derives the same position, and it need not be stored.
/// </summary>
/// <param name="Done">The position of each epoch of the history.</param>
/// <param name="Next">The position of the next epoch; null if there is none.</param>
/// <param name="TotalEpochs">Epochs done and those that may still come.</param>
/// <param name="PlannedEpochs">Epochs of all phases without early stopping.</param>
public sealed record TrainingCourse(IReadOnlyList<PhaseEpoch> Done, PhaseEpoch? Next, int TotalEpochs, int PlannedEpochs)
{
    public bool Finished => Next is null;

    /// <summary>True if early stopping has ended a phase.</summary>
    public bool StoppedEarly => TotalEpochs < PlannedEpochs;

    /// <param name="history">All epochs from the first one. Epochs after the end of the last phase are ignored.</param>
    public static TrainingCourse Of(IReadOnlyList<TrainingPhase> phases, IEnumerable<EpochRow> history)
    {
        var done = new List<PhaseEpoch>();
        var phase = NextWithEpochs(phases, -1);
        var accuracies = new List<double>();
        foreach (var row in history)
        {
            if (phase == phases.Count)
            {
                break;
            }

            accuracies.Add(row.ValidationAccuracy);
            done.Add(new PhaseEpoch(phase, accuracies.Count));
            if (phases[phase].EndsAfter(accuracies))
            {
                phase = NextWithEpochs(phases, phase);
                accuracies.Clear();
            }
        }

        var left = phases.Skip(phase).Sum(later => later.Epochs) - accuracies.Count;
        PhaseEpoch? next = phase < phases.Count ? new PhaseEpoch(phase, accuracies.Count + 1) : null;
        return new TrainingCourse(done, next, done.Count + left, phases.Sum(every => every.Epochs));
    }

    /// <summary>
    /// The epoch with the best validation accuracy (the earliest if several are equal), whose weights are evaluated; null before the
    /// first. Once an epoch in which the network has its final form is done, only such epochs count.
    /// </summary>
    /// <param name="history">All epochs from the first one.</param>
    public static EpochRow? BestOf(IReadOnlyList<TrainingPhase> phases, IReadOnlyList<EpochRow> history)
    {
        var last = phases.LastOrDefault(phase => phase.Epochs > 0);
        var form = last?.FormOf(last.Epochs);
        EpochRow[] final = [.. history.Zip(Of(phases, history).Done)
            .Where(epoch => phases[epoch.Second.Phase].FormOf(epoch.Second.Epoch) == form).Select(epoch => epoch.First)];
        return (final is [] ? history : (IReadOnlyList<EpochRow>)final).MaxBy(row => row.ValidationAccuracy);
    }

    private static int NextWithEpochs(IReadOnlyList<TrainingPhase> phases, int phase)
    {
        do
        {
            phase++;
        }
        while (phase < phases.Count && phases[phase].Epochs == 0);

        return phase;
    }
}
