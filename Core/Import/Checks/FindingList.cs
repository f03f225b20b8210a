using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Import.Arrays;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Import.Checks;

/// <summary>Collects what the owner of a source should know.</summary>
/// <param name="names">The names of the images.</param>
internal sealed class FindingList(NameList names)
{
    /// <summary>Such a ratio between the largest and the smallest class makes accuracy misleading.</summary>
    private const int ImbalanceRatio = 10;

    private readonly List<DatasetFinding> _findings = [];

    public IReadOnlyList<DatasetFinding> Findings => _findings;

    /// <param name="message">The rest of the sentence after the number of images.</param>
    public void AddImages(FindingKind kind, IReadOnlyCollection<int> images, Func<int, string> message)
    {
        if (images.Count > 0)
        {
            var first = images.Order().Take(DatasetFinding.MostNames).Select(image => names[image]);
            _findings.Add(new DatasetFinding(
                kind, images.Count, [.. first], $"{Quantity.Of(images.Count, "image")} {message(images.Count)}"));
        }
    }

    public void AddNames(FindingKind kind, IReadOnlyCollection<string> found, string noun, string plural, string message)
    {
        if (found.Count > 0)
        {
            _findings.Add(new DatasetFinding(
                kind, found.Count, [.. found.Take(DatasetFinding.MostNames)], $"{Quantity.Of(found.Count, noun, plural)} {message}"));
        }
    }

    public void Add(FindingKind kind, int count, string message)
    {
        if (count > 0)
        {
            _findings.Add(new DatasetFinding(kind, count, [], message));
        }
    }

    /// <summary>Looks at the sizes of the classes of the train part.</summary>
    public void AddClasses(IReadOnlyList<string> classes, IReadOnlyList<int> train)
    {
        var small = classes.Where((_, label) => train[label] < 2).ToList();
        AddNames(FindingKind.SmallClasses, small, "class", "classes", Quantity.Noun(
            small.Count, "has one training image or none.", "have one training image or none."));
        var (least, most) = (train.Min(), train.Max());
        if (most >= ImbalanceRatio * (long)Math.Max(least, 1))
        {
            var (rare, frequent) = (classes[train.Index().MinBy(entry => entry.Item).Index],
                classes[train.Index().MaxBy(entry => entry.Item).Index]);
            // The message has the names, so a list of them would repeat it.
            Add(FindingKind.Imbalance, 1, string.Create(
                CultureInfo.InvariantCulture,
                $"Class {rare} has {Quantity.Of(least, "training image")} and class {frequent} has {most}."));
        }
    }

    /// <summary>Looks at the sizes of the pictures.</summary>
    public void AddSizes(IReadOnlyDictionary<(int Width, int Height), int> sizes)
    {
        if (sizes.Count > 1)
        {
            var usual = sizes.MaxBy(size => (size.Value, -size.Key.Width, -size.Key.Height));
            var others = sizes.Values.Sum() - usual.Value;
            Add(FindingKind.MixedSizes, others, string.Create(
                CultureInfo.InvariantCulture,
                $"{Quantity.Of(others, "picture")} {Quantity.Noun(others, "is", "are")} not {usual.Key.Width}x{usual.Key.Height}, "
                + $"the most frequent of {sizes.Count} sizes."));
        }
    }
}
