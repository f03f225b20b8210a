using ServerlessFashion.Application;
using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Cli.Display.Live;

/// <summary>The displayed state of one training.</summary>
/// <param name="EpochCost">The cost of one epoch, in the unit of <see cref="Runs.TrainingCost"/>.</param>
internal sealed record TrainingState(string Model, int Seed, double EpochCost)
{
    /// <summary>Epochs done and those that may still come: fewer than planned once early stopping has ended a phase.</summary>
    public required int TotalEpochs { get; init; }

    public TrainingStage Stage { get; init; }

    /// <summary>The current epoch, or the last one; 0 before the first.</summary>
    public int Epoch { get; init; }

    /// <summary>The share of the current epoch that is done, 0..1.</summary>
    public double EpochShare { get; init; }

    /// <summary>The figures of the last epoch done; null if there is none yet.</summary>
    public EpochRow? Last { get; init; }

    /// <summary>The best validation accuracy so far, or that of the evaluated model; null before the first epoch.</summary>
    public double? Best { get; init; }

    /// <summary>0 before the first epoch done.</summary>
    public double SecondsPerEpoch { get; init; }

    public bool HasEnded => Stage is TrainingStage.Completed or TrainingStage.Failed or TrainingStage.Stopped;

    /// <summary>Epochs done, including the share of the current epoch.</summary>
    public double EpochsDone => Stage switch
    {
        TrainingStage.Evaluating or TrainingStage.Completed => TotalEpochs,
        _ => Math.Clamp(Epoch - 1 + EpochShare, 0, TotalEpochs),
    };

    /// <summary>Share of the training that is done, 0..1.</summary>
    public double Done => TotalEpochs == 0 ? 0 : EpochsDone / TotalEpochs;

    /// <summary>Epochs that may still come; none after the end.</summary>
    public double EpochsLeft => HasEnded ? 0 : TotalEpochs - EpochsDone;

    /// <summary>Time left, estimated from the pace of its own epochs; null before the first finished epoch and after the end.</summary>
    public TimeSpan? Remaining =>
        SecondsPerEpoch > 0 && !HasEnded ? TimeSpan.FromSeconds(SecondsPerEpoch * EpochsLeft) : null;
}
