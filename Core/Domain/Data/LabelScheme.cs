namespace ServerlessFashion.Data;

/// <summary>The labels that a classifier predicts. Their names and their rule are in <see cref="ClassLabels"/>.</summary>
public enum LabelScheme
{
    /// <summary>The competition's five ordinal labels, see <see cref="FiveLabelRule"/>.</summary>
    Five,

    /// <summary>The ten garments of Fashion-MNIST.</summary>
    Garments,

    /// <summary>The data set's own classes: the only labels of every data set but Fashion-MNIST.</summary>
    Classes,
}

/// <summary>The label of an image that shows <paramref name="garment"/> (0..9).</summary>
/// <param name="image">The raw values of the image.</param>
public delegate byte Labelling(ReadOnlySpan<byte> image, byte garment);

/// <summary>
/// The classes that a run predicts, and all that is known about them and their images; no other file asks which scheme or which data
/// set it is.
/// </summary>
/// <param name="Names">Names of the classes in label order.</param>
/// <param name="LabelOf">The rule that gives each image its label.</param>
/// <param name="Wording">The classes in words.</param>
public sealed record ClassLabels(IReadOnlyList<string> Names, Labelling LabelOf, LabelWording Wording)
{
    private static readonly OrderedDictionary<LabelScheme, ClassLabels> Schemes = new()
    {
        [LabelScheme.Five] = new(
            ["Class 0", "Class 1", "Class 2", "Class 3", "Class 4"],
            (image, garment) => FiveLabelRule.Label(FiveLabelRule.Brightness(image), garment),
            new LabelWording
            {
                Title = "Five labels",
                Phrase = "five ordinal labels",
                Choice = "The competition's: quintiles of brightness, offset by garment.",
                Task = "Predicts one of five ordinal labels for a 28 × 28 grey image of a garment, with a probability for each label.",
                Images = "Each image is 28 × 28 grey pixels. The five labels are quintiles of total brightness after an offset for each "
                    + "garment, so they are ordered: confusing 1 with 2 is a smaller mistake than confusing 0 with 4. The rule is a "
                    + "reconstruction. It gives exactly 14,000 images of each label; up to 4 of 70,000 could belong on the other side of "
                    + "a cut.",
                Axis = "Brightness quintile, from dark (Class 0) to bright (Class 4)",
                Brightness = "Test images. Brightness rises with the label, but the ranges overlap widely. Brightness alone decides at "
                    + "most 52 % of the images; the others require recognising the garment.",
            })
        {
            Titles =
            [
                "brightness quintile 1 of 5 (Class 0)", "brightness quintile 2 of 5 (Class 1)", "brightness quintile 3 of 5 (Class 2)",
                "brightness quintile 4 of 5 (Class 3)", "brightness quintile 5 of 5 (Class 4)",
            ],
            Headings =
            [
                "Brightness quintile 1 of 5 (Class 0)", "Brightness quintile 2 of 5 (Class 1)", "Brightness quintile 3 of 5 (Class 2)",
                "Brightness quintile 4 of 5 (Class 3)", "Brightness quintile 5 of 5 (Class 4)",
            ],
            AreOrdered = true,
            FollowBrightness = true,
            ArePublished = true,
        },
        [LabelScheme.Garments] = new(
            ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
            (_, garment) => garment,
            new LabelWording
            {
                Title = "Ten garments",
                Phrase = "ten garments",
                Choice = "The labels of Fashion-MNIST itself.",
                Task = "Names the garment on a 28 × 28 grey image, with a probability for each of ten garments.",
                Images = "Each image is 28 × 28 grey pixels and shows one of ten garments.",
                Brightness = "Test images. Garments differ in brightness, but the ranges overlap.",
            }),
    };

    public static ClassLabels Five { get; } = Of(LabelScheme.Five);

    public static ClassLabels Garments { get; } = Of(LabelScheme.Garments);

    /// <summary>The label schemes of Fashion-MNIST, in the order in which lists show them.</summary>
    public static IReadOnlyList<LabelScheme> FashionMnistSchemes { get; } = [.. Schemes.Keys];

    public int Count => Names.Count;

    /// <summary>The shape of the images that have these labels. The default value is that of Fashion-MNIST.</summary>
    public ImageShape Images { get; init; } = ImageShape.FashionMnist;

    /// <summary>Name of the data set. The default value is Fashion-MNIST.</summary>
    public string Dataset { get; init; } = DatasetDescription.FashionMnistName;

    /// <summary>The images are those of Fashion-MNIST, which the course study used.</summary>
    public bool AreOfFashionMnist => Dataset == DatasetDescription.FashionMnistName;

    /// <summary>What each class is, in label order, for text that people read. The default value is <see cref="Names"/>.</summary>
    public IReadOnlyList<string> Titles { get; init; } = Names;

    /// <summary>
    /// The titles at the beginning of a line or a sentence. The default value is <see cref="Titles"/>: a name that a user gave to a class
    /// gets no capital.
    /// </summary>
    public IReadOnlyList<string> Headings
    {
        get => field ?? Titles;
        init;
    }

    /// <summary>Neighbouring labels are alike, so that a mistake by one label is a small one. The default value is false.</summary>
    public bool AreOrdered { get; init; }

    /// <summary>
    /// The labels follow <see cref="FiveLabelRule"/>, which heads may use and augmentations may break. The default value is false.
    /// </summary>
    public bool FollowBrightness { get; init; }

    /// <summary>The course study published results for these labels. The default value is false.</summary>
    public bool ArePublished { get; init; }

    /// <summary>The labels of a scheme of Fashion-MNIST.</summary>
    /// <exception cref="InvalidInputException">The scheme belongs to other data sets.</exception>
    public static ClassLabels Of(LabelScheme scheme) => Schemes.TryGetValue(scheme, out var labels)
        ? labels
        : throw new InvalidInputException(
            $"labels: {DatasetDescription.FashionMnistName} has the labels {string.Join(" and ", Schemes.Keys).ToLowerInvariant()}, "
            + "not its own classes.");

    /// <summary>The headings of classes of Fashion-MNIST, by the names that a model's file has.</summary>
    public static IReadOnlyList<string> HeadingsOf(IReadOnlyList<string> names) =>
        Schemes.Values.FirstOrDefault(labels => labels.Names.SequenceEqual(names))?.Headings ?? names;

    /// <summary>The classes of a registered data set. They are not ordered, and no study published results for them.</summary>
    public static ClassLabels Of(DatasetDescription dataset)
    {
        var images = new ImageShape(dataset.Side, dataset.Channels);
        var count = dataset.Classes.Count;
        return new ClassLabels(
            dataset.Classes,
            (_, label) => label,
            new LabelWording
            {
                Title = $"Classes of {dataset.Name}",
                Phrase = $"{count} classes",
                Choice = "The classes of the data set.",
                Task = $"Names the class of a {images.InWords} image of the data set {dataset.Name}, with a probability for each of "
                    + $"{count} classes.",
                Images = $"Each image is {images.InWords} pixels and has one of {count} classes.",
                Axis = "Class",
            })
        {
            Dataset = dataset.Name,
            Images = images,
        };
    }

    /// <summary>Classes of which only the number is known.</summary>
    public static ClassLabels Unnamed(int count) =>
        new([.. Enumerable.Range(0, count).Select(label => $"label {label}")], (_, garment) => garment, new LabelWording());
}

/// <summary>What people read about a label scheme.</summary>
public sealed record LabelWording
{
    /// <summary>The scheme's name: <c>Five labels</c>.</summary>
    public string Title { get; init; } = "";

    /// <summary>The name within a sentence: <c>five ordinal labels</c>.</summary>
    public string Phrase { get; init; } = "";

    /// <summary>One sentence for somebody who chooses a scheme.</summary>
    public string Choice { get; init; } = "";

    /// <summary>One sentence on the task of a model.</summary>
    public string Task { get; init; } = "";

    /// <summary>What the images are and where their labels come from.</summary>
    public string Images { get; init; } = "";

    /// <summary>Title of an axis of labels. The default value is <c>Label</c>.</summary>
    public string Axis { get; init; } = "Label";

    /// <summary>What the chart of the brightness by label shows.</summary>
    public string Brightness { get; init; } = "";
}
