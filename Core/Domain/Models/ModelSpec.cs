using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>
/// A classifier, declared: its layers in Keras order, how an image enters it and the recipe it is trained by.
/// The plan of a network adds the last layer (Dense to the outputs of the head). A spec is stored as JSON, see <see cref="ModelSpecJson"/>.
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

    /// <summary>The optimizer of every phase. The default value is Keras's Adam.</summary>
    public Adam Optimizer { get; init; } = new();

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
    /// Names of the dense models that this pruned one is compared with, the most similar first; a report takes the first that its run has.
    /// The default value is none: not pruned.
    /// </summary>
    public IReadOnlyList<string> PrunedFrom { get; init; } = [];

    /// <summary>Training starts from ImageNet weights where they are available.</summary>
    public bool IsPretrained => Layers.Any(layer => layer.IsPretrained);

    /// <summary>The network that a phase trains, worked out for the labels of a run.</summary>
    /// <exception cref="InvalidInputException">A layer does not fit, or the phase is wide and there are no wide layers.</exception>
    public ModelPlan PlanOf(TrainingPhase phase, ClassLabels labels)
    {
        var layers = !phase.Wide ? Layers : WideLayers
            ?? throw new InvalidInputException($"model {Name}: phase {phase.Name} trains wide layers, and the model has none.");
        return ModelPlan.Of(this with { Layers = layers }, labels);
    }
}
