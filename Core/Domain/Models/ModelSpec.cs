using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>
/// The declaration of a classifier: its layers in Keras order, its input transform and its training recipe. The builder of the
/// network adds the last layer (Dense to the number of classes).
/// </summary>
/// <param name="Name">Name in requests, reports and blob paths.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Description">One sentence about the model.</param>
/// <param name="Input">The transform from a 28x28 grey image to the network's input.</param>
/// <param name="Layers">The layers in order, without the final classifier.</param>
/// <param name="BatchSize">Images per step.</param>
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
    /// <summary>The meaning of the classifier's outputs. The default value is <see cref="SoftmaxHead"/>.</summary>
    public Head Head { get; init; } = new SoftmaxHead();

    /// <summary>
    /// True if predictions average the probabilities of the image and of its mirror image. Training, and the validation after each
    /// epoch, use the image alone; that halves the cost of validation. The default value is false.
    /// </summary>
    public bool AveragesMirrorImage { get; init; }

    /// <summary>
    /// The layers of phases with <see cref="TrainingPhase.Wide"/>: those of <see cref="Layers"/> with more channels.
    /// <see cref="ChannelPruning"/> keeps the best channels. The default value is null: no channels are removed.
    /// </summary>
    public IReadOnlyList<Layer>? WideLayers { get; init; }

    /// <summary>
    /// Names of the dense models for the comparison with this pruned model, the most similar first. A run uses the first that it
    /// contains. The default value is none: the model is not pruned.
    /// </summary>
    public IReadOnlyList<string> PrunedFrom { get; init; } = [];

    /// <summary>The network of a phase, resolved for a number of classes.</summary>
    /// <exception cref="InvalidInputException">A layer does not fit, or the phase is wide and there are no wide layers.</exception>
    public ModelPlan PlanOf(TrainingPhase phase, int classes) => ModelPlan.Of(
        phase.Wide ? this with { Layers = WideLayers ?? throw new InvalidInputException($"model {Name}: phase {phase.Name} trains wide layers, and the model has none.") } : this,
        classes);
}

/// <summary>The transform of a 28x28 grey image (0..255) to a network's input. All transforms divide by 255.</summary>
public enum InputTransform
{
    /// <summary>1 x 28 x 28.</summary>
    Grey28,

    /// <summary>Zero-padded by 2 on each side and repeated to three channels: 3 x 32 x 32.</summary>
    Rgb32,

    /// <summary>
    /// Enlarged bilinearly (pixel centres at halves, edges repeated), repeated to three channels and normalised by
    /// <see cref="ImageNetInput"/>: 3 x 64 x 64.
    /// </summary>
    ImageNet64,
}

/// <summary>A part of a training with its own learning rate and trainable weights. Each phase starts with a fresh Adam.</summary>
/// <param name="LearningRate">Adam's learning rate; the highest one if <see cref="Schedule"/> changes it.</param>
public sealed record TrainingPhase(string Name, int Epochs, double LearningRate, TrainableLayers Trainable)
{
    /// <summary>The default value is <see cref="LearningRateSchedule.Constant"/>.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>
    /// Decoupled weight decay of kernels (Loshchilov and Hutter 2019, arXiv:1711.05101): each step reduces them by this value times
    /// the learning rate. The default value is 0, as in the study.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// Discriminative learning rates (Howard and Ruder 2018, arXiv:1801.06146, section 3.2): each of the <see cref="LayerGroups"/>
    /// learns at this times the rate of the group above it, the head at the phase's own. The default value is null: one rate for all.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GroupRateFactor { get; init; }

    /// <summary>
    /// Early stopping: the phase ends after this many epochs in a row, at least 1, without a better validation accuracy than its
    /// best. The default value is null: the phase runs all its epochs.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Patience { get; init; }

    /// <summary>The augmentation of the training images. The default value is null: none.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>The rule that leaves images out of epochs. The default value is null: every epoch uses all images.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataPruning? DataPruning { get; init; }

    /// <summary>The pruning of kernel weights. The default value is null: no weight is set to zero, and zeros may be trained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Pruning? Pruning { get; init; }

    /// <summary>
    /// True if the phase trains <see cref="ModelSpec.WideLayers"/>. The start of the next phase removes channels. The default value
    /// is false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Wide { get; init; }

    /// <summary>The factor on the learning rate of the weight with this name.</summary>
    public double RateFactorOf(string weight) => Math.Pow(GroupRateFactor ?? 1, LayerGroups.Of(weight));

    /// <summary>True if the phase ends after epochs with these validation accuracies.</summary>
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

    /// <summary>Share of zero kernel weights in an epoch of the phase, counted from 1; 0 without <see cref="Pruning"/>.</summary>
    public double SparsityOf(int epoch) => Pruning?.SparsityOf(epoch, Epochs) ?? 0;
}

/// <summary>
/// The weights that a phase changes. A BatchNorm uses and gathers the statistics of the batch exactly if the phase trains its
/// scale. Otherwise it uses its stored statistics, which do not change.
/// </summary>
public enum TrainableLayers
{
    All,

    /// <summary>The head and the BatchNorms of the pretrained base; the base's convolutions are frozen.</summary>
    HeadAndBatchNorms,

    /// <summary>Like <see cref="HeadAndBatchNorms"/>, and all weights of the last two residual blocks of the base.</summary>
    HeadAndLastTwoBlocks,

    /// <summary>
    /// Only the head. The base is frozen, including BatchNorms and their statistics, so the untrained head learns from constant
    /// features.
    /// </summary>
    Head,

    /// <summary>
    /// The head and the base's last stage, <c>layer4</c>, including BatchNorms, so their statistics follow the new images.
    /// </summary>
    HeadAndLastStage,

    /// <summary>The head and the base's last two stages, <c>layer3</c> and <c>layer4</c>, BatchNorms included.</summary>
    HeadAndLastTwoStages,
}
