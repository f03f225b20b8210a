using ServerlessFashion.Data;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>Classifies images: a model in this process, or one at a server. Safe from any thread.</summary>
public interface IImageClassifier
{
    /// <summary>The model's id in predictions.</summary>
    string ModelId { get; }

    /// <summary>The names of the labels in label order.</summary>
    IReadOnlyList<string> LabelNames { get; }

    /// <summary>The registered data set whose images the model takes; null for Fashion-MNIST.</summary>
    DatasetDescription? Dataset => null;

    /// <summary>Classifies <paramref name="count"/> images in the background.</summary>
    /// <param name="pixels">
    /// Raw values of the images one after the other: count x 784 for Fashion-MNIST. They must not change before the task ends.
    /// </param>
    /// <returns>One result per image, in order.</returns>
    Task<ImagePredictions> ClassifyAsync(ReadOnlyMemory<byte> pixels, int count, CancellationToken cancellation);
}
