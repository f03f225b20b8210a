namespace ServerlessFashion.Models;

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

    /// <summary>
    /// The head and the base's last stage, <c>layer4</c>, BatchNorms included: from here on the statistics may follow the new images.
    /// </summary>
    HeadAndLastStage,

    /// <summary>The head and the base's last two stages, <c>layer3</c> and <c>layer4</c>, BatchNorms included.</summary>
    HeadAndLastTwoStages,
}
