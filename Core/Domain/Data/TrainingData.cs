namespace ServerlessFashion.Data;

/// <summary>The three sets of one run, and the hash that identifies their source.</summary>
/// <param name="Train">The images that fit the weights.</param>
/// <param name="Validation">The images that choose epochs and models.</param>
/// <param name="Test">The images that measure the models and choose nothing.</param>
/// <param name="Sha256">Hex SHA-256 over the uncompressed content of the four original files.</param>
public sealed record TrainingData(LabelledImages Train, LabelledImages Validation, LabelledImages Test, string Sha256);
