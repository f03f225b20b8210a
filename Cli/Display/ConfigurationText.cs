using System.Globalization;
using ServerlessFashion.Phrases;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Display;

/// <summary>Prints the effective configuration of a run.</summary>
internal static class ConfigurationText
{
    public static void Print(Output output, RunConfiguration run)
    {
        output.Prose(string.Create(CultureInfo.InvariantCulture,
            $"preset {run.Preset}: {DataOf(run)}, {ValidationOf(run)}, "
                + $"split seed {run.SplitSeed}, seeds {string.Join(' ', run.Seeds)}, "
                + $"{Quantity.Of(run.ThreadsPerTraining, "thread")} per training"));
        var sets = run.Folds is null
            ? $"train {Count(run.TrainLimit)}, validation {Count(run.ValidationLimit)}"
            : $"all folds {Count(run.TrainLimit + run.ValidationLimit)}";
        output.Prose($"images: {(run.Dataset is null ? "" : "at most ")}{sets}, test {Count(run.TestLimit)}");
        if (run.Budget is { } budget)
        {
            output.Prose($"budget {TimeBudget.Format(budget)}: each model gets at most the epochs below");
        }

        if (run.AllowRandomWeights)
        {
            output.Prose("random weights are allowed where ImageNet weights cannot be downloaded");
        }

        foreach (var sentence in run.LeftOut ?? [])
        {
            output.Prose($"left out: {sentence}");
        }

        if (run.Set is { } options)
        {
            output.Prose($"set {string.Join(", ", options.Select(option => $"{option.Key}={option.Value}"))}");
        }

        if (run.ClassWeights is true)
        {
            output.Prose("class weights: every class weighs the same in the training loss");
        }

        foreach (var model in run.Models)
        {
            var phases = model.Phases.Select(phase => string.Create(CultureInfo.InvariantCulture,
                $"{Quantity.Of(phase.Epochs, "epoch")} '{phase.Name}' at {phase.LearningRate:0.##########}"
                + $"{(phase.Patience is { } patience ? $" with patience {patience}" : "")}"));
            var limit = model.TrainLimit is { } images ? $", {Quantity.Of(images, "training image")}" : "";
            output.Prose($"{model.Name}: batch {model.BatchSize}, {string.Join(", then ", phases)}{limit}");
        }
    }

    private static string DataOf(RunConfiguration run) =>
        run.Dataset is { } set ? $"data set {set}" : $"labels {Lower(run.Labels)}, {Lower(run.Split)} split";

    private static string ValidationOf(RunConfiguration run) => run.Folds is { } folds
        ? $"{folds} folds (seed 1 validates on fold 1, and so on)"
        : string.Create(CultureInfo.InvariantCulture, $"validation share {run.ValidationShare:0.##}");

    private static string Count(int? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "all";

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
