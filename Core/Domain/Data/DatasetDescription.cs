using System.Text.RegularExpressions;

namespace ServerlessFashion.Data;

/// <summary>
/// A registered data set: what its images are and where they came from. It is stored as <c>dataset.json</c>, after all images, so that a
/// data set without it is not registered.
/// </summary>
public sealed partial record DatasetDescription
{
    /// <summary>The name of the built-in data set, which nobody can register.</summary>
    public const string FashionMnistName = "fashion-mnist";

    /// <summary>A description of <see cref="IsName"/> for messages that refuse a name.</summary>
    public const string ExpectedName = "1 to 63 lower-case letters, digits and hyphens that begin with a letter or a digit";

    /// <summary>A label takes one byte.</summary>
    public const int MostClasses = 256;

    /// <summary>Most bytes of pixels in one blob.</summary>
    public const int LargestChunk = 32 << 20;

    public required string Name { get; init; }

    /// <summary>Width and height of each image in pixels.</summary>
    public required int Side { get; init; }

    /// <summary>1 for grey images; 3 for colour images (red, green, blue).</summary>
    public required int Channels { get; init; }

    /// <summary>The names of the classes in label order: label 0 first.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Images of each class in the train part, in label order.</summary>
    public required IReadOnlyList<int> TrainPerClass { get; init; }

    /// <summary>Images of each class in the test part, in label order. Empty where the source has no test part.</summary>
    public required IReadOnlyList<int> TestPerClass { get; init; }

    public required int TrainCount { get; init; }

    /// <summary>0 where the source has no test part; a run then holds test images out of the train part.</summary>
    public required int TestCount { get; init; }

    /// <summary>
    /// Lower-case hex SHA-256 over the content, so that it does not depend on the format of the source: a UTF-8 header
    /// <c>Side Channels TrainCount TestCount</c> with a line feed, each class name with a line feed, and then for the train and the test
    /// part the labels and the pixels. The images of a part are in the order of the SHA-256 of their pixels and then of their labels.
    /// </summary>
    public required string Sha256 { get; init; }

    public required ImagePreparation Preparation { get; init; }

    public required IReadOnlyList<DatasetFinding> Findings { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Bytes of one image: Side x Side x Channels, row by row, the channels of a pixel together.</summary>
    public int ImageBytes => Side * Side * Channels;

    /// <summary>Images in each blob of pixels but the last one, which may hold fewer.</summary>
    public int ImagesPerChunk => LargestChunk / ImageBytes;

    /// <summary>Whether <paramref name="text"/> can name a data set; see <see cref="ExpectedName"/>.</summary>
    public static bool IsName(string text) => Names().IsMatch(text);

    /// <exception cref="InvalidInputException"><paramref name="text"/> cannot name a data set.</exception>
    public static void RequireName(string text)
    {
        if (!IsName(text))
        {
            throw new InvalidInputException($"name: expected {ExpectedName}, found '{text}'.");
        }
    }

    /// <exception cref="InvalidInputException">No data set of that name can be removed.</exception>
    public static void RequireRemovable(string name)
    {
        RequireName(name);
        if (name == FashionMnistName)
        {
            throw new InvalidInputException(
                $"name: '{name}' is built in and cannot be removed; `fashion data list` shows the sets that were registered.");
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z")]
    private static partial Regex Names();
}

/// <summary>How pictures become the images of a data set. Pictures for its models must be prepared in the same way.</summary>
/// <param name="MedianWidth">Median width of the pictures of the source in pixels.</param>
/// <param name="MedianHeight">Median height of the pictures of the source in pixels.</param>
/// <param name="IsGrey">Colours become grey values with the weights of ITU-R BT.709.</param>
/// <param name="Resampling">How a picture of another size becomes a square image.</param>
/// <param name="LightOnDark">
/// The polarity to which a picture is brought: true for light objects on dark ground, false for the opposite. Null where pictures keep
/// their polarity.
/// </param>
public sealed record ImagePreparation(int MedianWidth, int MedianHeight, bool IsGrey, Resampling Resampling, bool? LightOnDark = null);

/// <summary>How a picture of another size becomes a square image.</summary>
public enum Resampling
{
    /// <summary>
    /// The whole picture is stretched to the square: each pixel is the mean of the pixels that it covers, or the nearest one. A picture
    /// of the right size stays as it is.
    /// </summary>
    Area,
}

/// <summary>Something about a source that its owner should know.</summary>
/// <param name="Count">How many images, or classes, it concerns.</param>
/// <param name="Names">The first of them, at most <see cref="MostNames"/>.</param>
/// <param name="Message">One sentence.</param>
public sealed record DatasetFinding(FindingKind Kind, int Count, IReadOnlyList<string> Names, string Message)
{
    public const int MostNames = 20;
}

public enum FindingKind
{
    /// <summary>Images of the test part that the train part has too.</summary>
    DuplicatesAcrossParts,

    /// <summary>Images that occur again in their own part.</summary>
    DuplicatesWithinPart,

    /// <summary>Equal images with different labels.</summary>
    ConflictingLabels,

    /// <summary>Pictures that cannot be read. They are left out.</summary>
    CorruptPictures,

    /// <summary>Classes with one image in the train part, or none.</summary>
    SmallClasses,

    /// <summary>Classes without images. They are left out.</summary>
    EmptyClasses,

    /// <summary>The largest class has ten or more times the images of the smallest one.</summary>
    Imbalance,

    /// <summary>Pictures of other sizes than the most frequent one.</summary>
    MixedSizes,

    /// <summary>Grey and colour pictures occur together.</summary>
    MixedChannels,

    /// <summary>Files that are no pictures, or lie outside the class folders. They are left out.</summary>
    OtherFiles,

    /// <summary>Images of a validation part. They join the train part, because each run makes its own validation part.</summary>
    ValidationImages,
}
