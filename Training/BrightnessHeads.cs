using ServerlessFashion.Data;
using ServerlessFashion.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>
/// The heads that know that the five labels are quintiles of a shifted brightness. Both give log probabilities, so that the
/// cross-entropy of their logits is the negative log likelihood.
/// </summary>
internal static class BrightnessHeads
{
    /// <summary>Log probabilities (batch x 5) by the formula of <see cref="Models.LatentOffsets"/>.</summary>
    /// <param name="gates">Batch x components.</param>
    /// <param name="brightness">Sum of the raw grey values: batch.</param>
    /// <param name="offsets">beta: components, in <see cref="Models.LatentOffsets.Unit"/>.</param>
    /// <param name="cuts">T: 4, likewise.</param>
    /// <param name="logScale">log s: 1.</param>
    public static Tensor LatentOffsets(Tensor gates, Tensor brightness, Tensor offsets, Tensor cuts, Tensor logScale)
    {
        var shifted = (brightness / Models.LatentOffsets.Unit).view(-1, 1, 1) + offsets.view(1, -1, 1);
        var belowCuts = ((cuts.view(1, 1, -1) - shifted) / logScale.exp()).sigmoid();
        return LogProbabilities(gates, belowCuts, Models.LatentOffsets.Noise);
    }

    /// <summary>Log probabilities (batch x 5) by the formula of <see cref="Models.GarmentRule"/>.</summary>
    /// <param name="garments">Logits: batch x 10.</param>
    /// <param name="brightness">Sum of the raw grey values: batch.</param>
    public static Tensor GarmentRule(Tensor garments, Tensor brightness)
    {
        var offsets = tensor(FiveLabelRule.Offsets.Select(offset => (float)offset).ToArray());
        var cuts = tensor(FiveLabelRule.Cuts.Select(cut => (float)cut).ToArray());
        var belowCuts = (brightness.view(-1, 1, 1) + offsets.view(1, -1, 1)).le(cuts.view(1, 1, -1)).to(ScalarType.Float32);
        return LogProbabilities(garments, belowCuts, Models.GarmentRule.Noise);
    }

    /// <param name="gates">Logits of the components: batch x components.</param>
    /// <param name="belowCuts">Probability that the shifted brightness lies below each cut: batch x components x 4.</param>
    private static Tensor LogProbabilities(Tensor gates, Tensor belowCuts, double noise)
    {
        var cumulative = (gates.softmax(1).unsqueeze(2) * belowCuts).sum(1);
        var first = cumulative.narrow(1, 0, 1);
        var probabilities = cat([cumulative, ones_like(first)], 1) - cat([zeros_like(first), cumulative], 1);

        // Rounding can leave a difference of -1e-8.
        return ((probabilities.clamp_min(0) * (1 - noise)) + (noise / FiveLabelRule.Labels)).log();
    }
}
