namespace ServerlessFashion.Predictions;

/// <summary>The summary of the predictions for one file.</summary>
/// <param name="Count">Number of classified images.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Seconds">Time from the first byte read to the last row written.</param>
/// <param name="LabelCounts">Number of predictions of each label, in label order.</param>
/// <param name="Warnings">Warnings about readable but suspicious input.</param>
public sealed record PredictionSummary(
    long Count, string Model, double Seconds, IReadOnlyList<LabelCount> LabelCounts, IReadOnlyList<string> Warnings);

/// <summary>Number of predictions of one label.</summary>
public sealed record LabelCount(int Label, string Name, long Count);

/// <summary>The predictions of few images.</summary>
/// <param name="Predictions">One for each image, in order.</param>
public sealed record PredictedImages(IReadOnlyList<ImagePrediction> Predictions, PredictionSummary Summary)
{
    /// <summary>The values that the model saw, image after image: 784 grey values each for Fashion-MNIST.</summary>
    public required ReadOnlyMemory<byte> Pixels { get; init; }

    /// <summary>The predictions, each with the pixels of its image.</summary>
    public IEnumerable<ImagePrediction> PredictionsWithPixels()
    {
        var each = Predictions.Count == 0 ? 0 : Pixels.Length / Predictions.Count;
        return Predictions.Select((prediction, index) => prediction with { Pixels = Pixels.Slice(index * each, each).ToArray() });
    }
}
