using System.Numerics;
using ServerlessFashion.Data;

namespace ServerlessFashion.Prediction.Pictures;

/// <summary>
/// Turns a photo of a garment on a plain ground into what Fashion-MNIST holds. Xiao, Rasul, Vollgraf, "Fashion-MNIST: a Novel Image
/// Dataset for Benchmarking Machine Learning Algorithms" (2017, arXiv 1708.07747), section 2: trim edges whose colour is within 5 %
/// of the corners', bring the longest edge to 28 by subsampling, sharpen with a Gaussian operator of radius and standard deviation
/// 1 with increasing effect near outlines, extend the shortest edge to 28 with the garment at the centre, negate, turn to 8-bit
/// grey.
/// </summary>
/// <remarks>
/// The paper starts from thumbnails of 51x73; a larger picture is first averaged down to a longest edge of 73, because subsampling
/// would otherwise pick single pixels of its texture. The garment's bounding box is centred, not its mass: in the 60,000 training
/// images whose box is narrower than 25 columns, its centre lies within half a pixel of the canvas centre in 99.8 %, the centre of
/// mass in 74 %. On a dark background nothing is negated. In a cut-out (<see cref="RgbaPicture.IsCutOut"/>),
/// opacity and not colour tells the garment from the ground.
/// </remarks>
internal static class FashionMnistPicture
{
    private const int ThumbnailEdge = 73;

    /// <summary>5 % of the longest distance in the RGB cube, squared.</summary>
    private const double BackgroundDistanceSquared = 3 * (.05 * 255) * (.05 * 255);
    private const int LightGround = 128;

    /// <summary>Writes the 28x28 grey values of <paramref name="picture"/>, light garment on a dark background.</summary>
    /// <returns>False if the picture contains only background; the image is then all zeros.</returns>
    public static bool Prepare(RgbaPicture picture, Span<byte> image)
    {
        image.Clear();
        var ground = Corners(picture);
        if (Trim(picture, ground) is not { } box)
        {
            return false;
        }

        var garment = Sharpen(Subsample(Thumbnail(picture, box)));
        var negate = ground.Average(colour => Luma.Of(new Vector3(colour.Red, colour.Green, colour.Blue))) >= LightGround;

        // Where the slack is odd, the data set has the larger half at the left and at the top.
        var left = (FashionMnist.Side - garment.Width + 1) / 2;
        var top = (FashionMnist.Side - garment.Height + 1) / 2;
        for (var y = 0; y < garment.Height; y++)
        {
            for (var x = 0; x < garment.Width; x++)
            {
                var grey = (byte)MathF.Round(Math.Clamp(Luma.Of(garment.At(x, y)), 0, 255));
                image[((top + y) * FashionMnist.Side) + left + x] = negate ? (byte)(255 - grey) : grey;
            }
        }

        return true;
    }

    private static (byte Red, byte Green, byte Blue)[] Corners(RgbaPicture picture)
    {
        var (right, bottom) = (picture.Width - 1, picture.Height - 1);
        return [picture[0, 0], picture[right, 0], picture[0, bottom], picture[right, bottom]];
    }

    /// <summary>The bounding box of all pixels whose colour is not in <paramref name="ground"/>; null if there are none.</summary>
    private static PixelBox? Trim(RgbaPicture picture, (byte Red, byte Green, byte Blue)[] ground)
    {
        var byAlpha = picture.IsCutOut;
        var (left, top, right, bottom) = (0, 0, picture.Width - 1, picture.Height - 1);
        while (top <= bottom && IsGround(picture, ground, byAlpha, left, top, right, top))
        {
            top++;
        }

        if (top > bottom)
        {
            return null;
        }

        while (IsGround(picture, ground, byAlpha, left, bottom, right, bottom))
        {
            bottom--;
        }

        while (IsGround(picture, ground, byAlpha, left, top, left, bottom))
        {
            left++;
        }

        while (IsGround(picture, ground, byAlpha, right, top, right, bottom))
        {
            right--;
        }

        return new PixelBox(left, top, right - left + 1, bottom - top + 1);
    }

    private static bool IsGround(
        RgbaPicture picture, (byte Red, byte Green, byte Blue)[] ground, bool byAlpha, int left, int top, int right, int bottom)
    {
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                if (byAlpha ? !picture.IsTransparent(x, y) : !IsGround(picture[x, y], ground))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsGround((byte Red, byte Green, byte Blue) colour, (byte Red, byte Green, byte Blue)[] ground)
    {
        foreach (var corner in ground)
        {
            var (red, green, blue) = (colour.Red - corner.Red, colour.Green - corner.Green, colour.Blue - corner.Blue);
            if ((red * red) + (green * green) + (blue * blue) <= BackgroundDistanceSquared)
            {
                return true;
            }
        }

        return false;
    }

    private static RgbImage Thumbnail(RgbaPicture picture, PixelBox box)
    {
        var (width, height) = box.Width > ThumbnailEdge || box.Height > ThumbnailEdge
            ? LongestEdgeTo(ThumbnailEdge, box.Width, box.Height)
            : (box.Width, box.Height);
        return picture.Average(box, width, height);
    }

    /// <summary>Changes the longest edge to 28 by omitting (or repeating) whole rows and columns.</summary>
    private static RgbImage Subsample(RgbImage thumbnail)
    {
        var (width, height) = LongestEdgeTo(FashionMnist.Side, thumbnail.Width, thumbnail.Height);
        var sampled = new RgbImage(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var source = (Centre(y, height, thumbnail.Height) * thumbnail.Width) + Centre(x, width, thumbnail.Width);
                sampled[(y * width) + x] = thumbnail[source];
            }
        }

        return sampled;

        static int Centre(int index, int count, int source) => ((2 * index) + 1) * source / (2 * count);
    }

    /// <summary>
    /// Moves each pixel away from the Gaussian mean of its eight neighbours, <c>v + a e (v - mean)</c>, with e the strength of the
    /// outline there (gradient of grey, 1 at the strongest). a = .661 equals ImageMagick's sharpening kernel of radius 1 and sigma
    /// 1: minus the Gaussian around a centre of twice its sum, divided by the sum of all.
    /// </summary>
    private static RgbImage Sharpen(RgbImage picture)
    {
        const float Amount = .661f;
        var outlines = Outlines(picture);
        var sharpened = new RgbImage(picture.Width, picture.Height);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var i = (y * picture.Width) + x;
                sharpened[i] = picture[i] + (Amount * outlines[i] * (picture[i] - NeighbourMean(picture, x, y)));
            }
        }

        return sharpened;
    }

    private static Vector3 NeighbourMean(RgbImage picture, int x, int y)
    {
        // exp(-1/2) beside and exp(-1) across, divided by the sum of all eight.
        const float Beside = .1556f;
        const float Across = .0944f;
        return (Beside * (picture.At(x - 1, y) + picture.At(x + 1, y) + picture.At(x, y - 1) + picture.At(x, y + 1)))
            + (Across * (picture.At(x - 1, y - 1) + picture.At(x + 1, y - 1) + picture.At(x - 1, y + 1) + picture.At(x + 1, y + 1)));
    }

    private static float[] Outlines(RgbImage picture)
    {
        var outlines = new float[picture.Width * picture.Height];
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                outlines[(y * picture.Width) + x] = float.Hypot(
                    Luma.Of(picture.At(x + 1, y)) - Luma.Of(picture.At(x - 1, y)),
                    Luma.Of(picture.At(x, y + 1)) - Luma.Of(picture.At(x, y - 1)));
            }
        }

        var strongest = Math.Max(outlines.Max(), float.Epsilon);
        return [.. outlines.Select(outline => outline / strongest)];
    }

    private static (int Width, int Height) LongestEdgeTo(int edge, int width, int height)
    {
        var longest = Math.Max(width, height);
        return (Scaled(width), Scaled(height));

        int Scaled(int size) => Math.Max(1, (int)((((long)size * edge * 2) + longest) / (2L * longest)));
    }
}
