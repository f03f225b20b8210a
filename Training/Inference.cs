using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>Logits of a whole set in evaluation mode.</summary>
internal static class Inference
{
    /// <summary>Images per pass: few enough to keep a pass of ResNet50 below half a gigabyte.</summary>
    public const int BatchSize = 250;

    /// <summary>The logits of every image in order: count x classes.</summary>
    public static float[] Logits(Network network, ImageTensors images, int classes, CancellationToken cancellation) =>
        Logits(network.Predict, images, classes, cancellation);

    /// <summary>The same without the mirror images.</summary>
    public static float[] PlainLogits(Network network, ImageTensors images, int classes, CancellationToken cancellation) =>
        Logits(network.PredictPlain, images, classes, cancellation);

    private static float[] Logits(Func<TensorBatch, Tensor> predict, ImageTensors images, int classes, CancellationToken cancellation)
    {
        var logits = new float[images.Count * classes];
        for (var start = 0; start < images.Count; start += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(BatchSize, images.Count - start);
            Batch(predict, images, start, count).CopyTo(logits, start * classes);
        }

        return logits;
    }

    private static float[] Batch(Func<TensorBatch, Tensor> predict, ImageTensors images, int start, int count)
    {
        using var scope = NewDisposeScope();
        using var noGradient = inference_mode();
        return predict(images.Range(start, count)).data<float>().ToArray();
    }
}
