using ServerlessFashion.Pipeline;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Cli.Display;

/// <summary>Writes the progress of a run in one line.</summary>
internal static class StageText
{
    /// <summary>A text such as <c>training (1 of 2 trainings done)</c> or <c>preparing data</c>.</summary>
    public static string Of(WorkflowProgress progress)
    {
        var stage = Name(progress.Stage);
        return progress.Trainings > 0 ? $"{stage} ({Done(progress.TrainingsDone, progress.Trainings)})" : stage;
    }

    /// <summary>The stage with a small first letter, unless it begins with an abbreviation.</summary>
    public static string Name(string stage) =>
        stage.Length > 1 && char.IsLower(stage[1]) ? char.ToLowerInvariant(stage[0]) + stage[1..] : stage;

    /// <summary>A text such as <c>1 of 2 trainings done</c>.</summary>
    public static string Done(int done, int trainings) => $"{done} of {Quantity.Of(trainings, "training")} done";
}
