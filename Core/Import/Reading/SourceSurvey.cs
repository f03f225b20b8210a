using ServerlessFashion.Data;
using ServerlessFashion.Import.Arrays;
using ServerlessFashion.Import.Sources;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Import.Reading;

/// <summary>What a first reading of a source tells: its images, classes and sizes. No picture is decoded.</summary>
internal sealed class SourceSurvey
{
    private const int MostClasses = ushort.MaxValue;

    private readonly Dictionary<string, ushort> _classIds = new(StringComparer.Ordinal);
    private readonly List<string> _classes = [];
    private readonly List<ushort> _classOf = [];
    private readonly List<DatasetPart> _partOf = [];
    private readonly List<bool> _isDamaged = [];

    private SourceSurvey()
    {
    }

    public int Count => _classOf.Count;

    /// <summary>Where each image comes from.</summary>
    public NameList Names { get; } = new();

    /// <summary>The classes as the source calls them, in the order of their first images.</summary>
    public IReadOnlyList<string> Classes => _classes;

    /// <summary>How many readable images have a width and a height.</summary>
    public Dictionary<(int Width, int Height), int> Sizes { get; } = [];

    /// <summary>Whether an image may have colours.</summary>
    public bool HasColour { get; private set; }

    /// <summary>Images of a validation part.</summary>
    public int ValidationCount { get; private set; }

    /// <summary>Position in <see cref="Classes"/> of the class of an image.</summary>
    public int ClassOf(int image) => _classOf[image];

    public DatasetPart PartOf(int image) => _partOf[image];

    /// <summary>Whether an image cannot be read.</summary>
    public bool IsDamaged(int image) => _isDamaged[image];

    public static async Task<SourceSurvey> ReadAsync(
        LabelledSource source, ReadContext context, ImportClock clock, CancellationToken cancellation)
    {
        var survey = new SourceSurvey();
        await foreach (var image in source.ReadAsync(cancellation))
        {
            survey.Add(image, context);
            context.CheckCount(survey.Count);
            clock.Report(ImportStage.Counting, survey.Count, null);
        }

        return survey;
    }

    /// <summary>Whether a second reading gives the same image at that position.</summary>
    public bool IsSame(int position, SourceImage image) => position < Count && _classes[_classOf[position]] == image.Class
        && _partOf[position] == image.Part;

    /// <summary>The median width, height and longer side of the readable images.</summary>
    public (int Width, int Height, int Side) Median() => (
        Median(size => size.Width), Median(size => size.Height), Median(size => Math.Max(size.Width, size.Height)));

    private int Median(Func<(int Width, int Height), int> select)
    {
        var left = (Sizes.Values.Sum() + 1) / 2;
        foreach (var (value, count) in Sizes.GroupBy(size => select(size.Key), size => size.Value)
            .OrderBy(group => group.Key).Select(group => (group.Key, group.Sum())))
        {
            left -= count;
            if (left <= 0)
            {
                return value;
            }
        }

        return 0;
    }

    private void Add(SourceImage image, ReadContext context)
    {
        if (!_classIds.TryGetValue(image.Class, out var id))
        {
            if (_classes.Count == MostClasses)
            {
                throw context.Error($"it has more than {MostClasses} classes; a data set has at most {DatasetDescription.MostClasses}");
            }

            id = (ushort)_classes.Count;
            _classIds.Add(image.Class, id);
            _classes.Add(image.Class);
        }

        _classOf.Add(id);
        _partOf.Add(image.Part);
        Names.Add(image.Name);
        ValidationCount += image.IsValidation ? 1 : 0;
        var measured = ImagePreparer.Measure(image);
        _isDamaged.Add(measured is null);
        if (measured is { } size)
        {
            Sizes[(size.Width, size.Height)] = Sizes.GetValueOrDefault((size.Width, size.Height)) + 1;
            HasColour |= !size.IsGrey;
        }
    }
}
