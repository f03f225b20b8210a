namespace ServerlessFashion.Models;

/// <summary>
/// The second improvement that the study named: proper fine-tuning of its pretrained network. Training unfreezes the network group
/// by group from the output down (gradual unfreezing), and lower groups learn more slowly (discriminative learning rates; both
/// Howard and Ruder 2018, arXiv:1801.06146). Every phase has a warm-up and a decay, and the last one ends when validation no longer
/// improves.
/// </summary>
public static class FineTunedModels
{
    /// <summary>Adam's learning rate while the base is frozen, as in the study.</summary>
    private const double HeadRate = 1e-3;

    /// <summary>The head's learning rate once the base learns too.</summary>
    private const double FineTuningRate = 3e-4;

    /// <summary>Howard and Ruder's factor from one group to the one below it.</summary>
    private const double GroupRateFactor = 1 / 2.6;

    /// <summary>
    /// Rises from a tenth during the first tenth and then falls to zero, because Adam's moments are empty at the start of a phase.
    /// </summary>
    private static readonly LearningRateSchedule WarmUpAndCosine = new(.1, .1, 0);

    /// <summary>The study's network and head. The head's BatchNorm statistics follow faster, because the phases are short.</summary>
    public static ModelSpec ResNet50 { get; } = StudyModels.ResNet50 with
    {
        Name = "resnet50-finetuned",
        Title = "ResNet50 fine-tuned",
        Description = "ImageNet base on normalised 64x64 images, unfrozen stage by stage with lower rates for lower layers.",
        Input = InputTransform.ImageNet64,
        Layers =
        [
            new ResNet50Base(), new GlobalAveragePooling2D(),
            new Dense(256), new Dropout(.3), new BatchNormalization { Momentum = .9 },
        ],
        BatchSize = 64,
        Phases =
        [
            new("head", 3, HeadRate, TrainableLayers.Head) { Schedule = WarmUpAndCosine },
            Thawed("last stage", 3, TrainableLayers.HeadAndLastStage),
            Thawed("last two stages", 3, TrainableLayers.HeadAndLastTwoStages),
            Thawed("all", 21, TrainableLayers.All) with { Patience = 4 },
        ],
    };

    /// <summary>The models of this file, in the order in which lists show them.</summary>
    public static IReadOnlyList<ModelSpec> All { get; } = [ResNet50];

    private static TrainingPhase Thawed(string name, int epochs, TrainableLayers trainable) =>
        new(name, epochs, FineTuningRate, trainable) { Schedule = WarmUpAndCosine, GroupRateFactor = GroupRateFactor };
}
