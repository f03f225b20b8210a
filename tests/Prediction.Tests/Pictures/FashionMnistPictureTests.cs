using ServerlessFashion.Prediction.Pictures;

namespace ServerlessFashion.Prediction.Tests.Pictures;

public class FashionMnistPictureTests
{
    private static readonly byte[] White = [255, 255, 255];
    private static readonly byte[] Black = [0, 0, 0];

    /// <summary>
    /// By hand: a box of 14 x 28 keeps its size, stands at column 7 and row 0, and black on white is negated to white on black.
    /// </summary>
    [Fact]
    public void Prepare_BlackBoxOnWhite_IsCentredAndNegated()
    {
        var image = Prepare(White, Black, left: 3, top: 5, width: 14, height: 28);

        Assert.Equal(Expected(left: 7, top: 0, width: 14, height: 28), image);
    }

    [Fact]
    public void Prepare_WhiteBoxOnBlack_IsNotNegated() =>
        Assert.Equal(Expected(left: 7, top: 0, width: 14, height: 28), Prepare(Black, White, left: 3, top: 5, width: 14, height: 28));

    /// <summary>By hand: 28 - 13 = 15 empty columns, of which the data set has the larger half, 8, on the left.</summary>
    [Fact]
    public void Prepare_OddSlack_HasTheLargerHalfAtTheLeft() =>
        Assert.Equal(Expected(left: 8, top: 0, width: 13, height: 28), Prepare(Black, White, left: 3, top: 5, width: 13, height: 28));

    /// <summary>5 % of the cube's diagonal are 22.08: a step of 12 in each channel is 20.8 away, one of 13 is 22.5.</summary>
    [Theory]
    [InlineData(12, false)]
    [InlineData(13, true)]
    public void Prepare_ColourNearTheGround_IsGroundUpToFivePercent(byte difference, bool expected)
    {
        var colour = (byte)(255 - difference);
        var pixels = Picture(White, [colour, colour, colour], 3, 5, 14, 28);

        Assert.Equal(expected, FashionMnistPicture.Prepare(new RgbaPicture(pixels, 40, 40), new byte[784]));
    }

    [Fact]
    public void Prepare_NothingButGround_IsFalseAndClearsTheImage()
    {
        var image = Enumerable.Repeat((byte)9, 784).ToArray();

        Assert.False(FashionMnistPicture.Prepare(new RgbaPicture(Picture(White, White, 0, 0, 1, 1), 40, 40), image));
        Assert.Equal(new byte[784], image);
    }

    private static byte[] Prepare(byte[] ground, byte[] colour, int left, int top, int width, int height)
    {
        var image = new byte[784];
        Assert.True(FashionMnistPicture.Prepare(new RgbaPicture(Picture(ground, colour, left, top, width, height), 40, 40), image));
        return image;
    }

    /// <summary>40 x 40 pixels with a box of one colour.</summary>
    private static byte[] Picture(byte[] ground, byte[] colour, int left, int top, int width, int height) =>
    [
        .. Enumerable.Range(0, 40 * 40).SelectMany(i =>
        {
            var (x, y) = (i % 40, i / 40);
            byte[] pixel = x >= left && x < left + width && y >= top && y < top + height ? colour : ground;
            return (byte[])[.. pixel, 255];
        }),
    ];

    private static byte[] Expected(int left, int top, int width, int height) =>
    [
        .. Enumerable.Range(0, 784).Select(i =>
            (byte)(i % 28 >= left && i % 28 < left + width && i / 28 >= top && i / 28 < top + height ? 255 : 0)),
    ];
}
