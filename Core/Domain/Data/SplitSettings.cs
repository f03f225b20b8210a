namespace ServerlessFashion.Data;

/// <summary>Settings that determine which images belong to the three sets.</summary>
public sealed record SplitSettings
{
    /// <summary>Every draw keeps the shares of these labels.</summary>
    public required LabelScheme Labels { get; init; }

    public required DatasetSplit Split { get; init; }

    /// <summary>Seed of every draw.</summary>
    public required int Seed { get; init; }

    /// <summary>Share of the training images held out for validation.</summary>
    public required double ValidationShare { get; init; }

    /// <summary>Subset size of the training set; null for all.</summary>
    public int? TrainLimit { get; init; }

    /// <summary>Subset size of the validation set; null for all.</summary>
    public int? ValidationLimit { get; init; }

    /// <summary>Subset size of the test set; null for all.</summary>
    public int? TestLimit { get; init; }
}
