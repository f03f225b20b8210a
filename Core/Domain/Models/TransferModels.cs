namespace ServerlessFashion.Models;

/// <summary>
/// Transfer from ImageNet with weights that the program brings along: the study's recipe, a better one, and the same network without
/// ImageNet.
/// </summary>
public static class TransferModels
{
    private const double HeadRate = 1e-3;
    private const double FineTuningRate = 3e-3;

    /// <summary>The entry learns at a sixth of the head's rate. With Howard and Ruder's 1 / 2.6 it would be a hundredth.</summary>
    private const double GroupRateFactor = .7;

    private static readonly LearningRateSchedule WarmUpAndCosine = new(.1, .1, 0);

    /// <summary>The head of the study; its BatchNorm statistics follow faster where the phases are short.</summary>
    private static readonly Layer[] Head =
        [new GlobalAveragePooling2D(), new Dense(256), new Dropout(.3), new BatchNormalization { Momentum = .9 }];

    /// <summary>The study's recipe on a smaller base.</summary>
    public static ModelSpec ResNet18 { get; } = StudyModels.ResNet50 with
    {
        Name = "resnet18",
        Title = "ResNet18",
        Description = "The study's transfer recipe on a smaller ImageNet base: the head first, then the last two residual blocks.",
        Layers = [new ResNet18Base(), .. StudyModels.ResNet50.Layers.Skip(1)],
    };

    /// <summary>Fine-tuning as it is done today: enlarged images, everything trained, lower layers with lower rates.</summary>
    public static ModelSpec FineTuned { get; } = ResNet18 with
    {
        Name = "resnet18-finetuned",
        Title = "ResNet18 fine-tuned",
        Description = "ImageNet base on normalised 64x64 images, trained as a whole with lower rates for lower layers.",
        Input = InputTransform.ImageNet64,
        Layers = [new ResNet18Base(), .. Head],
        BatchSize = 64,
        Phases =
        [
            new("head", 1, HeadRate, TrainableLayers.Head) { Schedule = WarmUpAndCosine },
            new("all", 7, FineTuningRate, TrainableLayers.All)
            {
                Schedule = WarmUpAndCosine,
                GroupRateFactor = GroupRateFactor,
                WeightDecay = .05,
            },
        ],
    };

    /// <summary>The same network on the same images without ImageNet, for the worth of the weights.</summary>
    public static ModelSpec FromRandom { get; } = FineTuned with
    {
        Name = "resnet18-random",
        Title = "ResNet18 from random weights",
        Description = "The network of ResNet18 fine-tuned without ImageNet: random weights, one rate for all layers.",
        Layers = [new ResNet18Base { Start = BaseStart.Random }, .. Head],
        Phases = [FineTuned.Phases[1] with { Epochs = 8, GroupRateFactor = null }],
    };

    /// <summary>The models of this file, in the order in which lists show them.</summary>
    public static IReadOnlyList<ModelSpec> All { get; } = [ResNet18, FineTuned, FromRandom];
}
