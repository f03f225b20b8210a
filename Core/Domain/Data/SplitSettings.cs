namespace ServerlessFashion.Data;

/// <summary>Settings that determine which images belong to the three sets.</summary>
public sealed record SplitSettings
{
    /// <summary>The default of <see cref="TestShare"/>.</summary>
    public const double DefaultTestShare = 1 / 6.0;

    /// <summary>Every draw keeps the shares of these labels.</summary>
    public required LabelScheme Labels { get; init; }

    public required DatasetSplit Split { get; init; }

    /// <summary>Seed of every draw.</summary>
    public required int Seed { get; init; }

    /// <summary>Share of the training images held out for validation.</summary>
    public required double ValidationShare { get; init; }

    /// <summary>
    /// Share of the train part that becomes the test set, with <see cref="DatasetSplit.HeldOut"/>. The default value is
    /// <see cref="DefaultTestShare"/>: one test image for five others.
    /// </summary>
    public double TestShare { get; init; } = DefaultTestShare;

    /// <summary>
    /// Number of folds into which the images for training and validation are dealt, instead of a validation share; null for no folds.
    /// </summary>
    public int? Folds { get; init; }

    /// <summary>Subset size of the training set; null for all.</summary>
    public int? TrainLimit { get; init; }

    /// <summary>Subset size of the validation set; null for all.</summary>
    public int? ValidationLimit { get; init; }

    /// <summary>Subset size of the test set; null for all.</summary>
    public int? TestLimit { get; init; }

    /// <summary>Subset size of all folds together: as many images as a run without folds has; null for all.</summary>
    internal int? FoldsLimit => TrainLimit + ValidationLimit;
}
