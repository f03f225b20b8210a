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

    /// <summary>
    /// Enlarged bilinearly (pixel centres at halves, edges repeated), repeated to three channels and normalised as
    /// <see cref="ImageNetInput"/> says: 3 x 64 x 64.
    /// </summary>
    ImageNet64,
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

    /// <summary>
    /// Discriminative learning rates (Howard and Ruder 2018, arXiv:1801.06146, section 3.2): each of the <see cref="LayerGroups"/>
    /// learns at this times the rate of the group above it, the head at the phase's own. The default value is null: one rate for all.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GroupRateFactor { get; init; }

    /// <summary>
    /// Early stopping: the phase ends once this many of its epochs in a row, at least 1, have brought no better validation accuracy than its best
    /// before them. The default value is null: it runs all its epochs.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Patience { get; init; }

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

    /// <summary>The factor on the learning rate of the weight of that name.</summary>
    public double RateFactorOf(string weight) => Math.Pow(GroupRateFactor ?? 1, LayerGroups.Of(weight));

    /// <summary>Whether the phase is over after epochs with these validation accuracies, in their order.</summary>
    public bool EndsAfter(IReadOnlyList<double> validationAccuracies)
    {
        var epochs = validationAccuracies.Count;
        if (epochs >= Epochs || Patience is null || epochs == 0)
        {
            return epochs >= Epochs;
        }

        var best = validationAccuracies.Index().MaxBy(epoch => epoch.Item).Index + 1;
        return epochs - best >= Patience;
    }

    /// <summary>Share of zero kernel weights that an epoch of the phase, counted from 1, is trained with; 0 without <see cref="Pruning"/>.</summary>
    public double SparsityOf(int epoch) => Pruning?.SparsityOf(epoch, Epochs) ?? 0;
}

/// <summary>
/// Which weights a phase changes. A BatchNorm normalises by the statistics of the batch, and gathers them, exactly where the phase trains
/// its scale; elsewhere it normalises by its stored ones, which stay as they are.
/// </summary>
public enum TrainableLayers
{
    All,

    /// <summary>The head and the BatchNorms of the pretrained base; the base's convolutions are frozen.</summary>
    HeadAndBatchNorms,

    /// <summary>As <see cref="HeadAndBatchNorms"/>, and the last two residual blocks of the base whole.</summary>
    HeadAndLastTwoBlocks,

    /// <summary>
    /// The head alone; the base stands still, BatchNorms and their statistics included, so that the features which the untrained head
    /// learns from are the same from step to step.
    /// </summary>
    Head,

    /// <summary>The head and the base's last stage, <c>layer4</c>, BatchNorms included: from here on the statistics may follow the new images.</summary>
    HeadAndLastStage,

    /// <summary>The head and the base's last two stages, <c>layer3</c> and <c>layer4</c>, BatchNorms included.</summary>
    HeadAndLastTwoStages,
}
