using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

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
    /// Discriminative learning rates (Howard and Ruder 2018, arXiv:1801.06146, section 3.2): each layer group
    /// learns at this times the rate of the group above it, the head at the phase's own. The default value is null: one rate for all.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GroupRateFactor { get; init; }

    /// <summary>
    /// Early stopping: the phase ends once this many of its epochs in a row, at least 1, have brought no better validation accuracy
    /// than its best before them. The default value is null: it runs all its epochs.
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

    /// <summary>The factor on the learning rate of a weight.</summary>
    public double RateFactorOf(WeightDeclaration weight) => Math.Pow(GroupRateFactor ?? 1, weight.Group);

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

    /// <summary>
    /// Share of zero kernel weights that an epoch of the phase, counted from 1, is trained with; 0 without <see cref="Pruning"/>.
    /// </summary>
    public double SparsityOf(int epoch) => Pruning?.SparsityOf(epoch, Epochs) ?? 0;

    /// <summary>What the network of an epoch of the phase, counted from 1, looks like.</summary>
    public NetworkForm FormOf(int epoch) => new(SparsityOf(epoch), Wide);
}

/// <summary>The form that pruning gives a network; a training ends with one form, and only epochs of that form are its results.</summary>
/// <param name="Sparsity">Share of zero kernel weights.</param>
/// <param name="Wide">It has channels that are still to be cut.</param>
public readonly record struct NetworkForm(double Sparsity, bool Wide);
