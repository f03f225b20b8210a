using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ServerlessFashion.Training;

/// <summary>
/// The heads that use the brightness rule of the five labels. Both give log probabilities, so the cross-entropy of their logits is
/// the negative log likelihood.
/// </summary>
internal static class BrightnessHeads
{
    /// <summary>Pads the last axis from one element per cut to one element per label.</summary>
    private static readonly long[] AfterTheLast = [0, 1];
    private static readonly long[] BeforeTheFirst = [1, 0];

    /// <summary>Log probabilities (batch x 5) by the formula of <see cref="Models.LatentOffsets"/>.</summary>
    /// <param name="gates">Batch x components.</param>
    /// <param name="brightness">Sum of the raw grey values: batch.</param>
    /// <param name="offsets">beta: components, in <see cref="Models.LatentOffsets.Unit"/>.</param>
    /// <param name="cuts">T: 4, likewise.</param>
    /// <param name="logScale">log s: 1.</param>
    public static Tensor LatentOffsets(Tensor gates, Tensor brightness, Tensor offsets, Tensor cuts, Tensor logScale)
    {
        var scale = (-logScale).exp();
        var distances =
            ((cuts.view(1, 1, -1) - offsets.view(1, -1, 1)) - (brightness * (1 / Models.LatentOffsets.Unit)).view(-1, 1, 1)) * scale;
        var belowUpperCut = F.pad(distances.sigmoid(), AfterTheLast, value: 1);
        var aboveLowerCut = F.pad((-distances).sigmoid(), BeforeTheFirst, value: 1);
        var widths = F.pad(-(-cuts.diff() * scale).expm1(), [1, 1], value: 1);
        return LogProbabilities(gates, belowUpperCut * aboveLowerCut * widths, Models.LatentOffsets.Noise);
    }

    /// <summary>Log probabilities (batch x 5) by the formula of <see cref="Models.GarmentRule"/>.</summary>
    /// <param name="garments">Logits: batch x 10.</param>
    /// <param name="brightness">Sum of the raw grey values: batch.</param>
    public static Tensor GarmentRule(Tensor garments, Tensor brightness)
    {
        var offsets = TensorFactory.From([.. FiveLabelRule.Offsets.Select(offset => (float)offset)], brightness.device);
        var cuts = TensorFactory.From([.. FiveLabelRule.Cuts.Select(cut => (float)cut)], brightness.device);
        var belowCuts = (brightness.view(-1, 1, 1) + offsets.view(1, -1, 1)).le(cuts.view(1, 1, -1)).to(ScalarType.Float32);
        var labels = F.pad(belowCuts, AfterTheLast, value: 1) - F.pad(belowCuts, BeforeTheFirst, value: 0);
        return LogProbabilities(garments, labels, Models.GarmentRule.Noise);
    }

    /// <param name="gates">Logits of the components: batch x components.</param>
    /// <param name="shares">Probability of each label if the component is certain: batch x components x 5.</param>
    private static Tensor LogProbabilities(Tensor gates, Tensor shares, double noise)
    {
        var probabilities = (gates.softmax(1).unsqueeze(2) * shares).sum(1);

        // If training has put cuts out of order, the difference for a label is negative.
        return ((probabilities.clamp_min(0) * (1 - noise)) + (noise / FiveLabelRule.Labels)).log();
    }
}
