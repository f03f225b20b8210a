using ServerlessFashion.Evaluation;
using ServerlessFashion.Models;

namespace ServerlessFashion.Runs;

/// <summary>An epoch's place in a training: the index of its phase, and its number in that phase, counted from 1.</summary>
public readonly record struct PhaseEpoch(int Phase, int Epoch);

/// <summary>
/// How far a training has come through its phases, of which early stopping may end some before their last epoch. It is a function of
/// phases and history alone, so that whoever reads a history comes to the same, and nothing of it need be stored.
/// </summary>
/// <param name="Done">Where each epoch of the history lies.</param>
/// <param name="Next">Where the next epoch lies; null when there is none.</param>
/// <param name="TotalEpochs">Epochs done and those that may still come.</param>
/// <param name="PlannedEpochs">Epochs of all phases in full.</param>
public sealed record TrainingCourse(IReadOnlyList<PhaseEpoch> Done, PhaseEpoch? Next, int TotalEpochs, int PlannedEpochs)
{
    public bool Finished => Next is null;

    /// <summary>Early stopping has ended a phase.</summary>
    public bool StoppedEarly => TotalEpochs < PlannedEpochs;

    /// <param name="history">Every epoch from the first on; what lies behind the end of the last phase is passed over.</param>
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
        return new TrainingCourse(
            done, phase < phases.Count ? new PhaseEpoch(phase, accuracies.Count + 1) : null, done.Count + left, phases.Sum(every => every.Epochs));
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
