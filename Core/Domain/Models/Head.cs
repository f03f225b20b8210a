using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>The meaning of the final classifier's outputs. It determines how they become the probabilities of the labels.</summary>
public abstract record Head
{
    /// <summary>
    /// Returns the head for a number of classes. The heads that use the label rule fall back to <see cref="SoftmaxHead"/> unless
    /// there are five labels.
    /// </summary>
    public Head For(int classes) => classes == FiveLabelRule.Labels ? this : new SoftmaxHead();
}

/// <summary>One output per label. Their softmax gives the probabilities.</summary>
public sealed record SoftmaxHead : Head;

/// <summary>
/// One output per latent component, each with an offset of the brightness; see <see cref="LatentOffsets"/>. A search finds offsets,
/// cuts and scale before the training, from the training set's five labels alone.
/// </summary>
/// <param name="Components">Number of components. More components than different offsets do no harm.</param>
/// <param name="SearchSteps">Number of steps in each round of the search.</param>
public sealed record LatentOffsetHead(int Components, int SearchSteps) : Head;

/// <summary>
/// One output per garment. It is trained on the garments, which the competition did not provide (side information). The five labels
/// follow from garment and exact brightness by <see cref="FiveLabelRule"/>.
/// </summary>
public sealed record GarmentRuleHead : Head;
