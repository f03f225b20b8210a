using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>What the outputs of the final classifier mean, and so how they become the probabilities of the labels.</summary>
public abstract record Head
{
    /// <summary>
    /// The head that works for these labels: the heads that know how the five labels come about fall back to
    /// <see cref="SoftmaxHead"/> for any other number of classes.
    /// </summary>
    public Head For(int classes) => classes == FiveLabelRule.Labels ? this : new SoftmaxHead();
}

/// <summary>One output a label; their softmax is the answer.</summary>
public sealed record SoftmaxHead : Head;

/// <summary>
/// One output a latent component, each with an offset of the brightness; see <see cref="LatentOffsets"/>. Offsets, cuts and scale
/// are found before the training, from the training set's five labels alone.
/// </summary>
/// <param name="Components">Components of the network; more than there are different offsets do no harm.</param>
/// <param name="SearchSteps">Steps that each round of the search for the offsets takes.</param>
public sealed record LatentOffsetHead(int Components, int SearchSteps) : Head;

/// <summary>
/// One output a garment, trained on the garments, which the competition did not give (side information); the five labels
/// follow by <see cref="FiveLabelRule"/> from the exact brightness.
/// </summary>
public sealed record GarmentRuleHead : Head;
