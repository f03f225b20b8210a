using ServerlessFashion.Prediction.Reading;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Prediction.Tests.Reading;

public class GreyCheckTests
{
    private const string Scaled =
        "no value is above 1, but grey values go from 0 to 255; if the values are scaled to 0..1, multiply them by 255.";

    /// <summary>Every image alone, and so every selection of them.</summary>
    [Fact]
    public void Warnings_AnyImageOfFashionMnist_AreNone()
    {
        var set = PublishedSet.Load();
        var warned = Images(set.TrainPixels).Concat(Images(set.TestPixels)).Count(image => WarningsOf(image).Count > 0);

        Assert.Equal(0, warned);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void Warnings_BatchesOfFashionMnist_AreNone(int size) => Assert.All(
        Images(PublishedSet.Load().TestPixels).Chunk(size), batch => Assert.Empty(WarningsOf([.. batch.SelectMany(image => image)])));

    [Fact]
    public void Warnings_AnyNegatedImageOfFashionMnist_NameTheRemedy()
    {
        var set = PublishedSet.Load();
        var negated = Images(set.TrainPixels).Concat(Images(set.TestPixels)).Select(image => image.Select(grey => (byte)(255 - grey)));
        var warnings = negated.SelectMany(image => WarningsOf([.. image]));

        Assert.All(warnings, warning => Assert.Equal(
            "the image seems to show a dark garment on a light background, but the model knows light garments on a dark background; "
            + "replace each value v by 255 - v.", warning));
        Assert.Equal(70_000, warnings.Count());
    }

    /// <summary>An image that was divided by 255 and then stored as whole numbers has zeros and a few ones.</summary>
    [Fact]
    public void Warnings_AnyImageOfFashionMnistScaledToOne_NameTheRemedy()
    {
        var warned = Images(PublishedSet.Load().TestPixels)
            .Select(image => WarningsOf([.. image.Select(grey => (byte)Math.Round(grey / 255d))]));

        Assert.All(warned, warnings => Assert.Equal([Scaled], warnings));
    }

    [Fact]
    public void Warnings_SeveralImages_AreOneForTheInput()
    {
        byte[] light = [.. Enumerable.Repeat((byte)255, 784)];
        byte[] dark = [.. new byte[783], 255];

        Assert.Equal(
            ["2 of 3 images seem to show dark garments on a light background, but the model knows light garments on a dark background; "
                + "replace each value v by 255 - v."],
            WarningsOf([.. light, .. dark, .. light]));
        Assert.Equal([Scaled], WarningsOf([.. new byte[783], 1, .. new byte[784]]));
        Assert.Equal(
            ["every value is 0: the images are empty, or were scaled to 0..1 before they became whole numbers."],
            WarningsOf(new byte[2 * 784]));
        Assert.Equal(
            ["every value is 0: the image is empty, or was scaled to 0..1 before it became whole numbers."],
            WarningsOf(new byte[784]));
    }

    /// <summary>The border has 108 pixels: 54 of 255 and 54 of 1 have the mean 128.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Warnings_MeanOfTheBorder_DecidesAtHalf(byte other, bool isLight)
    {
        var image = new byte[784];
        for (var i = 0; i < 28; i++)
        {
            (image[i], image[(27 * 28) + i], image[i * 28], image[(i * 28) + 27]) = (other, other, other, other);
        }

        var left = 54;
        for (var i = 0; i < 784; i++)
        {
            var isBorder = i / 28 is 0 or 27 || i % 28 is 0 or 27;
            if (isBorder && left-- > 0)
            {
                image[i] = 255;
            }
        }

        Assert.Equal(isLight, WarningsOf(image).Count > 0);
    }

    [Fact]
    public void Warnings_Pictures_NameTheirPreparation()
    {
        byte[] light = [.. Enumerable.Repeat((byte)255, 784)];
        var asItIs = new GreyCheck();
        asItIs.Add(light, [ImageOrigin.Picture]);
        var prepared = new GreyCheck();
        prepared.Add(light, [ImageOrigin.PreparedPicture]);
        prepared.Add(new byte[784], [ImageOrigin.PreparedPicture]);

        Assert.EndsWith(
            "; prepare the pictures with --pictures always (over HTTP: pictures=always), or negate them before you upload them.",
            Assert.Single(asItIs.Warnings()),
            StringComparison.Ordinal);
        Assert.Empty(prepared.Warnings());
    }

    private static IEnumerable<byte[]> Images(byte[] pixels) => pixels.Chunk(784);

    private static List<string> WarningsOf(byte[] pixels)
    {
        var check = new GreyCheck();
        check.Add(pixels);
        return [.. check.Warnings()];
    }
}
