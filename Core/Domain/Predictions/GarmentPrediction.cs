namespace ServerlessFashion.Predictions;

/// <summary>The garment that a model of other labels sees on an image.</summary>
/// <param name="Name">The most probable of the ten garments, such as <c>Ankle boot</c>.</param>
/// <param name="Probability">Its probability, 0..1.</param>
public sealed record GarmentPrediction(string Name, float Probability);
