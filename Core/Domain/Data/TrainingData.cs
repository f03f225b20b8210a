namespace ServerlessFashion.Data;

/// <summary>The three sets of one run, ready to use, and what identifies them.</summary>
/// <param name="Train">What weights are fitted to.</param>
/// <param name="Validation">What epochs and models are chosen by.</param>
/// <param name="Test">What is reported, and never chosen by.</param>
/// <param name="Sha256">Hex SHA-256 over the uncompressed content of the four original files.</param>
public sealed record TrainingData(LabelledImages Train, LabelledImages Validation, LabelledImages Test, string Sha256);
