namespace ServerlessFashion.Browser.Tests;

/// <summary>Made-up descriptions of data sets.</summary>
internal static class DatasetDocuments
{
    public static object FashionMnist { get; } = Describe("fashion-mnist", 28, 1, 60_000, 10_000, ["Coat", "Bag"], []);

    /// <summary>Colour images of three classes without a test part; one class is small.</summary>
    public static object Shapes { get; } = Describe(
        "shapes", 32, 3, 60, 0, ["circle", "square", "triangle"],
        [
            new
            {
                kind = "corruptPictures",
                count = 2,
                names = new[] { "circle/<b>1</b>.png", "square/2.png" },
                message = "2 pictures cannot be read (circle/<b>1</b>.png, square/2.png).",
            },
        ]);

    /// <summary>The list of both.</summary>
    public static object List { get; } = new { items = new[] { FashionMnist, Shapes }, continuation = (string?)null };

    private static object Describe(
        string name, int side, int channels, int train, int test, string[] classes, object[] findings) => new
        {
            name,
            side,
            channels,
            classes,
            trainPerClass = classes.Select(_ => train / classes.Length),
            testPerClass = test == 0 ? [] : classes.Select(_ => test / classes.Length).ToArray(),
            trainCount = train,
            testCount = test,
            sha256 = new string('a', 64),
            preparation = new { medianWidth = side, medianHeight = side, isGrey = channels == 1, resampling = "area" },
            findings,
            createdAt = "2026-03-01T12:00:00Z",
        };
}
