using System.ComponentModel.DataAnnotations;
using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>
/// The declaration of a classifier: its layers in Keras order, its input transform and its training recipe. The plan of a network
/// adds the last layer (Dense to the outputs of the head). A spec is stored as JSON.
/// </summary>
/// <param name="Name">Name in requests, reports and blob paths.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Description">One sentence about the model.</param>
/// <param name="Input">The transform from an image of a data set to the network's input.</param>
/// <param name="Layers">The layers in order, without the final classifier.</param>
/// <param name="BatchSize">Images per step.</param>
/// <param name="Phases">The phases of training with the recipe's own epochs.</param>
public sealed record ModelSpec(
    string Name,
    string Title,
    string Description,
    InputTransform Input,
    IReadOnlyList<Layer> Layers,
    [property: Range(2, ModelSpec.LargestBatch)] int BatchSize,
    IReadOnlyList<TrainingPhase> Phases)
{
    public const int LargestBatch = 65_536;

    /// <summary>The meaning of the classifier's outputs. The default value is <see cref="SoftmaxHead"/>.</summary>
    public Head Head { get; init; } = new SoftmaxHead();

    /// <summary>The optimizer of every phase. The default value is Keras's Adam.</summary>
    public Adam Optimizer { get; init; } = new();

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
    /// Names of the dense models for the comparison with this pruned model, the most similar first. A report uses the first that its
    /// run contains. The default value is none: the model is not pruned.
    /// </summary>
    public IReadOnlyList<string> PrunedFrom { get; init; } = [];

    /// <summary>The file with ImageNet weights from which training starts; null if it starts from random weights.</summary>
    public ImageNetFile? ImageNet => Layers.Select(layer => layer.ImageNet).FirstOrDefault(file => file is not null);

    /// <summary>The network of a phase, resolved for the labels of a run.</summary>
    /// <exception cref="InvalidInputException">A layer does not fit, or the phase is wide and there are no wide layers.</exception>
    public ModelPlan PlanOf(TrainingPhase phase, ClassLabels labels)
    {
        var layers = !phase.Wide ? Layers : WideLayers
            ?? throw new InvalidInputException($"model {Name}: phase {phase.Name} trains wide layers, and the model has none.");
        return ModelPlan.Of(this with { Layers = layers }, labels);
    }
}
