using ServerlessFashion.Predictions;

namespace ServerlessFashion.Client.Documents;

/// <summary>The labels of the images of one request, in their order.</summary>
internal sealed record PredictionsDocument(string Model, IReadOnlyList<ImagePrediction> Predictions);
