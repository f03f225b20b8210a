namespace ServerlessFashion.Prediction.Classification;

/// <summary>Classifies grey images: a model in this process, or one at a server. Safe from any thread.</summary>
public interface IImageClassifier
{
    /// <summary>The model's id in predictions.</summary>
    string ModelId { get; }

    /// <summary>The names of the labels in label order.</summary>
    IReadOnlyList<string> LabelNames { get; }

    /// <summary>Classifies <paramref name="count"/> images in the background.</summary>
    /// <param name="pixels">Raw grey values, count x 784, as in Fashion-MNIST. They must not change before the task ends.</param>
    /// <returns>One result per image, in order.</returns>
    Task<ImagePredictions> ClassifyAsync(ReadOnlyMemory<byte> pixels, int count, CancellationToken cancellation);
}
