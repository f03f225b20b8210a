namespace ServerlessFashion.Models;

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
