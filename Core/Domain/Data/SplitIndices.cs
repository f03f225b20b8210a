namespace ServerlessFashion.Data;

/// <summary>
/// The images of each set: 0-based rows of the split's training images (train, validation) and test images. With
/// <see cref="DatasetSplit.HeldOut"/>, the rows of all three sets are those of the train part.
/// </summary>
public sealed record SplitIndices(LabelScheme Labels, DatasetSplit Split, int Seed, int[] Train, int[] Validation, int[] Test);
