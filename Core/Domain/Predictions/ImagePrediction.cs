namespace ServerlessFashion.Predictions;

/// <summary>The prediction for one image.</summary>
/// <param name="Label">The most probable label, counted from 0.</param>
/// <param name="Probabilities">The probability of every label, in label order.</param>
/// <param name="Model">The model's id.</param>
public sealed record ImagePrediction(string Id, int Label, string LabelName, float[] Probabilities, string Model);
