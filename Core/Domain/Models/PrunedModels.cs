namespace ServerlessFashion.Models;

/// <summary>The first improvement that the study named: pruning. The models are trained, then pruned, then fine-tuned.</summary>
internal static class PrunedModels
{
    private const double FinalSparsity = .9;

    /// <summary>
    /// The dense Model 4 with the falling learning rate of the pruned models. Against the study's constant rate, the pruned models
    /// would win by their schedule alone.
    /// </summary>
    public static ModelSpec Model4Annealed { get; } = StudyModels.Model4 with
    {
        Name = "model4-annealed",
        Title = "Model 4 annealed",
        Description = "Model 4 with a learning rate that falls to zero at the end.",
        Phases =
        [
            new("constant rate", 30, 1e-3, TrainableLayers.All),
            new("falling rate", 20, 1e-3, TrainableLayers.All) { Schedule = LearningRateSchedule.FallingToZero },
        ],
    };

    /// <summary>The dense models for the comparison with the pruned ones, the most similar first.</summary>
    private static IReadOnlyList<string> DenseModels { get; } = [Model4Annealed.Name, StudyModels.Model4.Name];

    /// <summary>Model 4 with nine of ten kernel weights set to zero. Biases and BatchNorms are not pruned.</summary>
    public static ModelSpec Model4Pruned { get; } = StudyModels.Model4 with
    {
        Name = "model4-pruned",
        Title = "Model 4 pruned",
        Description = "Model 4 with 90 % of its kernel weights pruned by magnitude.",
        PrunedFrom = DenseModels,
        Phases =
        [
            new("dense", 30, 1e-3, TrainableLayers.All),
            new("pruning", 10, 1e-3, TrainableLayers.All) { Pruning = new(0, FinalSparsity) },
            new("fine-tuning", 10, 1e-3, TrainableLayers.All)
            {
                Pruning = new(FinalSparsity, FinalSparsity),
                Schedule = LearningRateSchedule.FallingToZero,
            },
        ],
    };

    /// <summary>Model 4 with the better half of the channels of every layer: a quarter of its parameters and multiplications.</summary>
    public static ModelSpec Model4Slim { get; } = StudyModels.Model4 with
    {
        Name = "model4-slim",
        Title = "Model 4 slim",
        Description = "Model 4 trained whole, then without half the channels of every layer.",
        PrunedFrom = DenseModels,
        WideLayers = StudyModels.Model4.Layers,
        Layers = [.. StudyModels.Model4.Layers.Select(layer => layer.WithChannels(channels => channels / 2))],
        Phases =
        [
            new("whole", 30, 1e-3, TrainableLayers.All) { Wide = true },
            new("fine-tuning", 20, 1e-3, TrainableLayers.All) { Schedule = LearningRateSchedule.FallingToZero },
        ],
    };

    /// <summary>The models of this file, in the order in which lists show them.</summary>
    public static IReadOnlyList<ModelSpec> All { get; } = [Model4Annealed, Model4Pruned, Model4Slim];
}
