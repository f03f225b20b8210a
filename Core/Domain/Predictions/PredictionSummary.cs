namespace ServerlessFashion.Predictions;

/// <summary>How one file was predicted.</summary>
/// <param name="Count">How many images it classified.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Seconds">Time from the first byte read to the last row written.</param>
/// <param name="LabelCounts">How often each label was given, in label order.</param>
/// <param name="Warnings">What could be done but may not be what was meant.</param>
public sealed record PredictionSummary(
    long Count, string Model, double Seconds, IReadOnlyList<LabelCount> LabelCounts, IReadOnlyList<string> Warnings);

/// <summary>How often one label was given.</summary>
public sealed record LabelCount(int Label, string Name, long Count);

/// <summary>The predictions of few images.</summary>
/// <param name="Predictions">One for each image, in order.</param>
public sealed record PredictedImages(IReadOnlyList<ImagePrediction> Predictions, PredictionSummary Summary);
