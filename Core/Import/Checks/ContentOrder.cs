using ServerlessFashion.Import.Arrays;

namespace ServerlessFashion.Import.Checks;

/// <summary>
/// The images of a part in the order of their content, so that it does not depend on the order of the source: by the SHA-256 of their
/// pixels and then by label.
/// </summary>
internal sealed class ContentOrder
{
    private readonly ImageDigests _digests;
    private readonly byte[] _labels;

    /// <param name="images">The images of the part.</param>
    /// <param name="digests">The SHA-256 of each image.</param>
    /// <param name="labels">The label of each image.</param>
    public ContentOrder(IEnumerable<int> images, ImageDigests digests, byte[] labels)
    {
        _digests = digests;
        _labels = labels;
        var order = images.ToArray();
        Array.Sort(order, (first, second) =>
        {
            var byContent = digests.Compare(first, second);
            return byContent != 0 ? byContent
                : labels[first] != labels[second] ? labels[first].CompareTo(labels[second])
                : first.CompareTo(second);
        });
        Images = order;
    }

    public IReadOnlyList<int> Images { get; }

    /// <summary>Images whose content occurs before them in this part.</summary>
    public List<int> Repeated() => [.. Neighbours().Select(pair => pair.Second)];

    /// <summary>Images whose content occurs before them in this part with another label.</summary>
    public List<int> Conflicting() =>
        [.. Neighbours().Where(pair => _labels[pair.First] != _labels[pair.Second]).Select(pair => pair.Second)];

    /// <summary>Images of this part whose content occurs in another part.</summary>
    public List<int> SharedWith(ContentOrder other)
    {
        var shared = new List<int>();
        var position = 0;
        foreach (var image in Images)
        {
            while (position < other.Images.Count && _digests.Compare(other.Images[position], image) < 0)
            {
                position++;
            }

            if (position < other.Images.Count && _digests.AreEqual(other.Images[position], image))
            {
                shared.Add(image);
            }
        }

        return shared;
    }

    private IEnumerable<(int First, int Second)> Neighbours() => Images.Zip(Images.Skip(1))
        .Where(pair => _digests.AreEqual(pair.First, pair.Second));
}
