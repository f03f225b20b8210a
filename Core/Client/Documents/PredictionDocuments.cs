using ServerlessFashion.Predictions;

namespace ServerlessFashion.Client.Documents;

/// <summary>The labels of the images of one request, in their order.</summary>
internal sealed record PredictionsDocument(string Model, IReadOnlyList<ImagePrediction> Predictions);

/// <summary>One version of an uploaded file.</summary>
internal sealed record UploadDocument(string Name, string Version, UploadStatus Status, PredictionSummary? Summary, string? Error);
