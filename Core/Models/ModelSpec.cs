using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>
/// A classifier, declared: its layers in Keras order, how an image enters it and the recipe it is trained by.
/// The last layer (Dense to the number of classes) is added by whoever builds the network.
/// </summary>
/// <param name="Name">Name in requests, reports and blob paths.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Description">One sentence on where the model comes from.</param>
/// <param name="Input">How a 28x28 grey image becomes the network's input.</param>
/// <param name="Layers">The layers in order, without the final classifier.</param>
/// <param name="BatchSize">Images a step.</param>
/// <param name="Phases">The phases of training with the recipe's own epochs.</param>
public sealed record ModelSpec(
    string Name,
    string Title,
    string Description,
    InputTransform Input,
    IReadOnlyList<Layer> Layers,
    int BatchSize,
    IReadOnlyList<TrainingPhase> Phases)
{
    /// <summary>What the classifier's outputs mean. The default value is <see cref="SoftmaxHead"/>.</summary>
    public Head Head { get; init; } = new SoftmaxHead();

    /// <summary>
    /// Outside training the answer is the mean of the probabilities of the image and of its mirror image; only the
    /// validation after each epoch looks at the image alone, at half the cost. The default value is false.
    /// </summary>
    public bool AveragesMirrorImage { get; init; }

    /// <summary>
    /// The layers that the phases marked <see cref="TrainingPhase.Wide"/> train: those of <see cref="Layers"/> with more channels, of
    /// which <see cref="ChannelPruning"/> keeps the best. The default value is null: nothing is cut.
    /// </summary>
    public IReadOnlyList<Layer>? WideLayers { get; init; }

    /// <summary>
    /// Names of the dense models that this pruned one is compared with, the like first: of a run counts the first that it has.
    /// The default value is none: not pruned.
    /// </summary>
    public IReadOnlyList<string> PrunedFrom { get; init; } = [];

    /// <summary>The network that a phase trains, worked out for a number of classes.</summary>
    /// <exception cref="InvalidInputException">A layer does not fit, or the phase is wide and there are no wide layers.</exception>
    public ModelPlan PlanOf(TrainingPhase phase, int classes) => ModelPlan.Of(
        phase.Wide ? this with { Layers = WideLayers ?? throw new InvalidInputException($"model {Name}: phase {phase.Name} trains wide layers, and the model has none.") } : this,
        classes);
}

/// <summary>How a 28x28 grey image (0..255) enters a network; all divide by 255.</summary>
public enum InputTransform
{
    /// <summary>1 x 28 x 28.</summary>
    Grey28,

    /// <summary>Zero-padded by 2 on each side and repeated to three channels: 3 x 32 x 32.</summary>
    Rgb32,
}

/// <summary>One stretch of training with its own learning rate and set of trainable weights; a fresh Adam each.</summary>
/// <param name="LearningRate">Adam's; the highest one where <see cref="Schedule"/> moves it.</param>
public sealed record TrainingPhase(string Name, int Epochs, double LearningRate, TrainableLayers Trainable)
{
    /// <summary>The default value is <see cref="LearningRateSchedule.Constant"/>.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>
    /// Decoupled weight decay of kernels (Loshchilov and Hutter 2019, arXiv:1711.05101): each step takes this times the
    /// learning rate off them. The default value is 0, as in the study.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>How the training images are changed. The default value is null: not at all.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Images that are left out of an epoch. The default value is null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataPruning? DataPruning { get; init; }

    /// <summary>Kernel weights that are set to zero for good. The default value is null: none, and a zero may be trained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Pruning? Pruning { get; init; }

    /// <summary>
    /// The phase trains <see cref="ModelSpec.WideLayers"/>; when the phase after it begins, channels are cut. The default value is false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Wide { get; init; }

    /// <summary>Share of zero kernel weights that an epoch of the phase, counted from 1, is trained with; 0 without <see cref="Pruning"/>.</summary>
    public double SparsityOf(int epoch) => Pruning?.SparsityOf(epoch, Epochs) ?? 0;
}

/// <summary>Which weights a phase changes.</summary>
public enum TrainableLayers
{
    All,

    /// <summary>The head and the BatchNorms of the pretrained base; the base's convolutions are frozen.</summary>
    HeadAndBatchNorms,

    /// <summary>As <see cref="HeadAndBatchNorms"/>, and the last two residual blocks of the base whole.</summary>
    HeadAndLastTwoBlocks,
}
