using ServerlessFashion.Data;

namespace ServerlessFashion.Tests;

/// <summary>Made-up data sets whose classes a small network learns within an epoch or two.</summary>
public static class ShapeSet
{
    /// <summary>Discs of one colour on a dark noisy ground: only the channels tell the classes apart.</summary>
    public static DatasetDescription Discs { get; } = Describe("discs", ["red", "green", "blue"], new ImageShape(32, ImageShape.Colour));

    /// <summary>A bright bar in one of five rows. The five classes have nothing to do with brightness.</summary>
    public static DatasetDescription Bars { get; } = Describe(
        "bars", ["attic", "floor", "hall", "cellar", "garden"], new ImageShape(20, ImageShape.Grey));

    /// <summary>Images of a set, class after class in turns. The same seed gives the same images.</summary>
    public static LabelledImages Draw(DatasetDescription set, int count, int seed)
    {
        var shape = new ImageShape(set.Side, set.Channels);
        var random = new Random(seed);
        var images = new LabelledImages(
            new byte[count * shape.Bytes], new byte[count], new byte[count], [.. Enumerable.Range(0, count)])
        {
            Shape = shape,
        };
        random.NextBytes(images.Pixels);
        for (var i = 0; i < count; i++)
        {
            var label = images.Labels[i] = images.Garments[i] = (byte)(i % set.Classes.Count);
            var image = images.Pixels.AsSpan(i * shape.Bytes, shape.Bytes);
            for (var value = 0; value < image.Length; value++)
            {
                image[value] /= 5;
            }

            if (shape.IsColour)
            {
                FillDisc(image, shape, label, random);
            }
            else
            {
                var height = shape.Side / set.Classes.Count;
                image.Slice(label * height * shape.Side, height * shape.Side).Fill(200);
            }
        }

        return images;
    }

    /// <summary>The set with the given number of images in its parts, in turns of the classes as in <see cref="Draw"/>.</summary>
    public static DatasetDescription Sized(DatasetDescription set, int train, int test) => set with
    {
        TrainCount = train,
        TestCount = test,
        TrainPerClass = PerClass(set, train),
        TestPerClass = test == 0 ? [] : PerClass(set, test),
    };

    private static void FillDisc(Span<byte> image, ImageShape shape, int channel, Random random)
    {
        var radius = random.Next(5, 9);
        var (left, top) = (random.Next(radius, shape.Side - radius), random.Next(radius, shape.Side - radius));
        for (var y = 0; y < shape.Side; y++)
        {
            for (var x = 0; x < shape.Side; x++)
            {
                if (((x - left) * (x - left)) + ((y - top) * (y - top)) <= radius * radius)
                {
                    image[(((y * shape.Side) + x) * shape.Channels) + channel] = 220;
                }
            }
        }
    }

    private static int[] PerClass(DatasetDescription set, int count) =>
        [.. Enumerable.Range(0, set.Classes.Count).Select(label => (count + set.Classes.Count - 1 - label) / set.Classes.Count)];

    private static DatasetDescription Describe(string name, string[] classes, ImageShape shape) => new()
    {
        Name = name,
        Side = shape.Side,
        Channels = shape.Channels,
        Classes = classes,
        TrainPerClass = [],
        TestPerClass = [],
        TrainCount = 0,
        TestCount = 0,
        Sha256 = new string('c', 64),
        Preparation = new ImagePreparation(shape.Side, shape.Side, !shape.IsColour, Resampling.Area),
        Findings = [],
        CreatedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };
}
