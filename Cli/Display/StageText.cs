using ServerlessFashion.Pipeline;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Cli.Display;

/// <summary>Writes the progress of a run in one line.</summary>
internal static class StageText
{
    /// <summary>A text such as <c>training (1 of 2 trainings done)</c> or <c>preparing data</c>.</summary>
    public static string Of(WorkflowProgress progress)
    {
        var stage = progress.Stage.Length == 0 ? "" : char.ToLowerInvariant(progress.Stage[0]) + progress.Stage[1..];
        return progress.Trainings > 0 ? $"{stage} ({Done(progress.TrainingsDone, progress.Trainings)})" : stage;
    }

    /// <summary>A text such as <c>1 of 2 trainings done</c>.</summary>
    public static string Done(int done, int trainings) => $"{done} of {Quantity.Of(trainings, "training")} done";
}
