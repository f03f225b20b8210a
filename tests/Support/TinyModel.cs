using ServerlessFashion.Data;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Prediction.Classification;

namespace ServerlessFashion.Tests;

/// <summary>
/// A linear classifier whose answers can be worked out by hand: logit k is slope[k] times the sum of the pixels / 255,
/// plus offset[k].
/// </summary>
internal static class TinyModel
{
    public static byte[] Bytes(float[] slopes, float[] offsets)
    {
        var spec = new ModelSpec("tiny", "Tiny", "For tests.", InputTransform.Grey28, [new Flatten()], 1, []);
        var weights = new Dictionary<string, WeightTensor>
        {
            ["classifier.weight"] = new([slopes.Length, 784], [.. slopes.SelectMany(slope => Enumerable.Repeat(slope, 784))]),
            ["classifier.bias"] = new([offsets.Length], offsets),
        };
        var names = Enumerable.Range(0, slopes.Length).Select(label => $"label {label}").ToArray();
        var model = new MemoryStream();
        OnnxModel.Write(
            spec, ClassLabels.Unnamed(slopes.Length), weights, new OnnxMetadata("run/tiny", "run", names, "ab").ToEntries(), model);
        return model.ToArray();
    }

    /// <summary>
    /// A model of the five labels that knows the garment: whatever the image, the logit of each garment is 0, and that of an ankle boot is
    /// <paramref name="boot"/>.
    /// </summary>
    public static byte[] GarmentBytes(float boot, bool averagesMirrorImage = false)
    {
        var spec = new ModelSpec("tiny", "Tiny", "For tests.", InputTransform.Grey28, [new Flatten()], 1, [])
        {
            Head = new GarmentRuleHead(),
            AveragesMirrorImage = averagesMirrorImage,
        };
        var garments = ClassLabels.Garments.Count;
        var weights = new Dictionary<string, WeightTensor>
        {
            ["classifier.weight"] = new([garments, 784], new float[garments * 784]),
            ["classifier.bias"] = new([garments], [.. new float[garments - 1], boot]),
        };
        var model = new MemoryStream();
        OnnxModel.Write(
            spec, ClassLabels.Five, weights, new OnnxMetadata("run/tiny", "run", ClassLabels.Five.Names, "ab").ToEntries(), model);
        return model.ToArray();
    }

    /// <summary>Label 1 where more than 100 pixels' worth of 255 are lit, else label 0.</summary>
    public static ImageClassifier BrightnessClassifier() => ImageClassifier.Load(Bytes([0f, .01f], [1f, 0f]));
}
