using ServerlessFashion.Data;

namespace ServerlessFashion.Prediction.Tables;

/// <summary>What the columns of a table may be.</summary>
/// <param name="Pixels">The number of columns of pixels; null for as many as the header names.</param>
/// <param name="LabelNames">Names of the column of labels, in lower case.</param>
/// <param name="LabelsAreNumbers">Whether labels must be whole numbers.</param>
/// <param name="LongestLine">Most bytes of a line.</param>
internal sealed record CsvRules(int? Pixels, IReadOnlyList<string> LabelNames, bool LabelsAreNumbers, int LongestLine)
{
    /// <summary>Images of Fashion-MNIST. A line of 784 three-digit values takes 3.2 KB.</summary>
    public static CsvRules FashionMnist { get; } = new(
        Data.FashionMnist.PixelsPerImage, ["label", "class"], LabelsAreNumbers: true, 16 << 10);

    /// <summary>Images of one shape. A value takes up to three digits and a separator, and quotes and spaces may stand around it.</summary>
    public static CsvRules Of(ImageShape images) => images == ImageShape.FashionMnist
        ? FashionMnist
        : FashionMnist with { Pixels = images.Bytes, LongestLine = (8 * images.Bytes) + (8 << 10) };

    /// <summary>Images of any size with labels of any text. A line of 500 x 500 three-digit values takes 1 MB.</summary>
    public static CsvRules Labelled { get; } = new(
        null, ["label", "labels", "class", "target", "category", "y"], LabelsAreNumbers: false, 1 << 20);
}
