namespace ServerlessFashion.Data;

/// <summary>The labels that a classifier predicts.</summary>
public enum LabelScheme
{
    /// <summary>The competition's five ordinal labels, see <see cref="FiveLabelRule"/>.</summary>
    Five,

    /// <summary>The ten garments of Fashion-MNIST.</summary>
    Garments,
}

/// <summary>The division of the images into training and test images.</summary>
public enum DatasetSplit
{
    /// <summary>Test = images 0..9999 of the original train file; train = its images 10000..59999, then the 10,000 t10k images.</summary>
    Competition,

    /// <summary>Train = the original train file, test = the original t10k file.</summary>
    Original,
}

/// <summary>Names of the classes of a label scheme, in label order.</summary>
public static class LabelNames
{
    private static readonly string[] Five = ["Class 0", "Class 1", "Class 2", "Class 3", "Class 4"];

    private static readonly string[] Garments =
    [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    ];

    public static IReadOnlyList<string> Of(LabelScheme scheme) => scheme == LabelScheme.Five ? Five : Garments;
}
