namespace ServerlessFashion.Models;

/// <summary>The weights that a training phase changes by gradient.</summary>
public static class TrainableWeights
{
    /// <summary>The weights of <paramref name="plan"/> that <paramref name="trainable"/> leaves unfrozen, in the plan's order.</summary>
    public static IReadOnlyList<WeightDeclaration> Of(ModelPlan plan, TrainableLayers trainable) =>
        [.. plan.Weights.Where(weight => weight.TakesGradient && IsUnfrozen(weight, trainable))];

    /// <summary>Parameters that at least one of <paramref name="phases"/> changes by gradient.</summary>
    public static long Count(ModelPlan plan, IEnumerable<TrainingPhase> phases) =>
        phases.SelectMany(phase => Of(plan, phase.Trainable)).DistinctBy(weight => weight.Name).Sum(weight => weight.Count);

    private static bool IsUnfrozen(WeightDeclaration weight, TrainableLayers trainable)
    {
        var isBatchNorm = weight.Role is WeightRole.Scale or WeightRole.Shift;
        return trainable switch
        {
            TrainableLayers.All => true,
            TrainableLayers.HeadAndBatchNorms => weight.IsHead || isBatchNorm,
            TrainableLayers.HeadAndLastTwoBlocks => isBatchNorm || weight.Block <= 2,
            TrainableLayers.Head => weight.IsHead,
            TrainableLayers.HeadAndLastStage => weight.Group <= 1,
            TrainableLayers.HeadAndLastTwoStages => weight.Group <= 2,
            _ => throw new ArgumentOutOfRangeException(nameof(trainable), trainable, "A set of trainable layers without a rule."),
        };
    }
}
