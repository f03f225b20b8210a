using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Runs;

/// <summary>Estimates the relative duration of trainings, so the longest can start first.</summary>
public static class TrainingCost
{
    private const int LargestTrainingSet = 48_000;

    /// <summary>Multiply-accumulates of all forward passes of a training with all its epochs. Only ratios are meaningful.</summary>
    public static double Estimate(RunDefinition run, ModelConfiguration model) => EstimateEpoch(run, model) * model.TotalEpochs;

    /// <summary>The same for one epoch.</summary>
    public static double EstimateEpoch(RunDefinition run, ModelConfiguration model)
    {
        double images = model.TrainLimit ?? run.Configuration.TrainLimit ?? LargestTrainingSet;
        var spec = run.SpecOf(model.Name);
        var work = model.Phases.Sum(
            phase => (double)phase.Epochs * spec.PlanOf(phase, run.Labels).Layers.Sum(layer => layer.MultiplyAccumulates));
        return images * work / model.TotalEpochs;
    }
}
