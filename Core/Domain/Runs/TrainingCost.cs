using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Runs;

/// <summary>How long trainings take relative to each other, to start the longest first.</summary>
public static class TrainingCost
{
    private const int LargestTrainingSet = 48_000;

    /// <summary>Multiply-accumulates of all forward passes of a training with all its epochs; only ratios mean anything.</summary>
    public static double Estimate(RunConfiguration run, ModelConfiguration model) => EstimateEpoch(run, model) * model.TotalEpochs;

    /// <summary>The same for one epoch.</summary>
    public static double EstimateEpoch(RunConfiguration run, ModelConfiguration model)
    {
        double images = model.TrainLimit ?? run.TrainLimit ?? LargestTrainingSet;
        var spec = ModelCatalogue.Get(model.Name);
        var classes = LabelNames.Of(run.Labels).Count;
        return images * model.Phases.Sum(phase => (double)phase.Epochs * spec.PlanOf(phase, classes).Layers.Sum(layer => layer.MultiplyAccumulates)) / model.TotalEpochs;
    }
}
