using ServerlessFashion.Predictions;

namespace ServerlessFashion.Prediction.Classification;

/// <summary>The predictions for several images, in their order.</summary>
/// <param name="Labels">The most probable label of each image, counted from 0.</param>
/// <param name="Probabilities">Softmax probabilities, image after image: Count x <paramref name="Classes"/>.</param>
/// <param name="Classes">Number of labels of the model.</param>
public sealed record ImagePredictions(int[] Labels, float[] Probabilities, int Classes)
{
    public int Count => Labels.Length;

    /// <summary>The garment on each image, where the model knows it besides its labels; otherwise null.</summary>
    public GarmentPrediction[]? Garments { get; init; }

    /// <summary>The probabilities of all labels for image <paramref name="index"/>.</summary>
    public ReadOnlySpan<float> ProbabilitiesOf(int index) => Probabilities.AsSpan(index * Classes, Classes);
}
