namespace ServerlessFashion.Models;

/// <summary>The study's first wish for more: pruning. Trained dense, then pruned in steps, then fine-tuned at the final sparsity.</summary>
public static class PrunedModels
{
    private const double FinalSparsity = .9;

    /// <summary>Model 4 with nine of ten kernel weights zero; biases and BatchNorms stay whole.</summary>
    public static ModelSpec Model4Pruned { get; } = StudyModels.Model4 with
    {
        Name = "model4-pruned",
        Title = "Model 4 pruned",
        Description = "Model 4 with 90 % of its kernel weights pruned by magnitude.",
        Phases =
        [
            new("dense", 30, 1e-3, TrainableLayers.All),
            new("pruning", 10, 1e-3, TrainableLayers.All) { Pruning = new(0, FinalSparsity) },
            new("fine-tuning", 10, 1e-3, TrainableLayers.All)
            {
                Pruning = new(FinalSparsity, FinalSparsity),
                Schedule = new LearningRateSchedule(0, 1, 0),
            },
        ],
    };
}
