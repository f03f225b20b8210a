using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace ServerlessFashion.Models;

/// <summary>A part of a training with its own learning rate and trainable weights. Each phase starts with a fresh optimizer.</summary>
/// <param name="LearningRate">The learning rate; the highest one if <see cref="Schedule"/> changes it.</param>
public sealed record TrainingPhase(
    string Name,
    [property: Range(0, TrainingPhase.MostEpochs)] int Epochs,
    [property: Range(0d, 10d, MinimumIsExclusive = true)] double LearningRate,
    TrainableLayers Trainable)
{
    public const int MostEpochs = 10_000;

    /// <summary>The default value is <see cref="LearningRateSchedule.Constant"/>.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>
    /// Decoupled weight decay of kernels (Loshchilov and Hutter 2019, arXiv:1711.05101): each step reduces them by this value times
    /// the learning rate. The default value is 0, as in the study.
    /// </summary>
    [Range(0d, 10d)]
    public double WeightDecay { get; init; }

    /// <summary>The optimizer of the hidden kernels. The default value is null: Adam trains them like all other weights.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Muon? Muon { get; init; }

    /// <summary>
    /// Discriminative learning rates (Howard and Ruder 2018, arXiv:1801.06146, section 3.2): each layer group
    /// learns at this times the rate of the group above it, the head at the phase's own. The default value is null: one rate for all.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0d, 1d, MinimumIsExclusive = true)]
    public double? GroupRateFactor { get; init; }

    /// <summary>
    /// Early stopping: the phase ends after this many epochs in a row, at least 1, without a better validation accuracy than its
    /// best. The default value is null: the phase runs all its epochs.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(1, MostEpochs)]
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

    /// <summary>The factor on the learning rate of a weight.</summary>
    public double RateFactorOf(WeightDeclaration weight) => Math.Pow(GroupRateFactor ?? 1, weight.Group);

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

    /// <summary>What the network of an epoch of the phase, counted from 1, looks like.</summary>
    public NetworkForm FormOf(int epoch) => new(SparsityOf(epoch), Wide);
}

/// <summary>The form that pruning gives a network; a training ends with one form, and only epochs of that form are its results.</summary>
/// <param name="Sparsity">Share of zero kernel weights.</param>
/// <param name="Wide">It has channels that are still to be cut.</param>
public readonly record struct NetworkForm(double Sparsity, bool Wide);
