using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Export;

/// <summary>
/// The heads that use the brightness, as ONNX nodes; formulas in <see cref="LatentOffsets"/> and <see cref="GarmentRule"/>.
/// </summary>
internal static class BrightnessGraph
{
    private const float GreyMaximum = 255;

    /// <summary>Log probabilities (5) from the gates and the images (1 x 28 x 28, 0..1).</summary>
    public static OnnxValue LatentOffsets(OnnxGraph graph, string name, OnnxValue gates, OnnxValue images, string output)
    {
        var components = gates.Channels;
        var offsets = graph.Read($"{name}.{Models.LatentOffsets.OffsetsWeight}", components);
        var cuts = graph.Read($"{name}.{Models.LatentOffsets.CutsWeight}", Models.LatentOffsets.Cuts);
        var scale = MathF.Exp(-graph.Read($"{name}.{Models.LatentOffsets.LogScaleWeight}", 1)[0]);

        var brightness = graph.Multiply(Brightness(graph, name, images), (float)(1 / Models.LatentOffsets.Unit), $"{name}.units");
        var thresholds = graph.Constant($"{name}.thresholds", Thresholds(offsets, cuts), components, cuts.Length);
        var distances = graph.Multiply(graph.Subtract(thresholds, brightness, $"{name}.differences"), scale, $"{name}.distances");
        var belowUpperCut =
            graph.PadRows(graph.Sigmoid(distances, $"{name}.below_cuts"), $"{name}.below_upper_cut", before: 0, after: 1, value: 1);
        var aboveCuts = graph.Sigmoid(graph.Multiply(distances, -1, $"{name}.negated"), $"{name}.above_cuts");
        var aboveLowerCut = graph.PadRows(aboveCuts, $"{name}.above_lower_cut", before: 1, after: 0, value: 1);
        var between = graph.Multiply(belowUpperCut, aboveLowerCut, $"{name}.between_cuts");
        var widths = graph.Constant($"{name}.widths", Widths(cuts, scale), 1, FiveLabelRule.Labels);
        return LogProbabilities(graph, name, gates, graph.Multiply(between, widths, $"{name}.labels"), Models.LatentOffsets.Noise, output);
    }

    /// <summary>Log probabilities (5) from the logits of the ten garments and the images (1 x 28 x 28, 0..1).</summary>
    public static OnnxValue GarmentRule(OnnxGraph graph, string name, OnnxValue garments, OnnxValue images, string output)
    {
        float[] offsets = [.. FiveLabelRule.Offsets.Select(offset => (float)offset)];
        float[] cuts = [.. FiveLabelRule.Cuts.Select(cut => (float)cut)];
        var thresholds = graph.Constant($"{name}.thresholds", Thresholds(offsets, cuts), offsets.Length, cuts.Length);
        var belowCuts = graph.LessOrEqual(Brightness(graph, name, images), thresholds, $"{name}.below_cuts");
        var upper = graph.PadRows(belowCuts, $"{name}.upper", before: 0, after: 1, value: 1);
        var lower = graph.PadRows(belowCuts, $"{name}.lower", before: 1, after: 0, value: 0);
        return LogProbabilities(graph, name, garments, graph.Subtract(upper, lower, $"{name}.labels"), Models.GarmentRule.Noise, output);
    }

    /// <summary>The sum of the raw grey values, a whole number: 1 x 1.</summary>
    private static OnnxValue Brightness(OnnxGraph graph, string name, OnnxValue images)
    {
        var sum = graph.ReduceSum(images, $"{name}.sum", axes: [2, 3]);
        return graph.Unsqueeze(
            graph.Round(graph.Multiply(sum, GreyMaximum, $"{name}.greys"), $"{name}.brightness"), $"{name}.column", axis: 2);
    }

    /// <summary>T_j - beta_k: components x cuts.</summary>
    private static float[] Thresholds(float[] offsets, float[] cuts) =>
        [.. offsets.SelectMany(offset => cuts.Select(cut => cut - offset))];

    /// <summary>1 - exp(-(T_y - T_{y-1}) / s): one for each label.</summary>
    private static float[] Widths(float[] cuts, float scale) =>
        [1, .. cuts.Skip(1).Zip(cuts, (upper, lower) => (float)(1 - Math.Exp((lower - upper) * (double)scale))), 1];

    /// <param name="labels">Probability of each label if the component is certain: components x 5.</param>
    private static OnnxValue LogProbabilities(OnnxGraph graph, string name, OnnxValue gates, OnnxValue labels, double noise, string output)
    {
        var columns = graph.Unsqueeze(graph.Softmax(gates, $"{name}.gates"), $"{name}.gate_columns", axis: 2);
        var sums = graph.ReduceSum(graph.Multiply(columns, labels, $"{name}.weighted"), $"{name}.sums", axes: [1]);
        var kept = graph.Multiply(graph.Relu(sums, $"{name}.shares"), (float)(1 - noise), $"{name}.kept");
        return graph.Log(graph.Add(kept, (float)(noise / FiveLabelRule.Labels), $"{name}.probabilities"), output);
    }
}
