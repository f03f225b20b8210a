using System.Numerics;

namespace ServerlessFashion.Prediction.Pictures;

/// <summary>A rectangle of pixels.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Width, int Height);

/// <summary>A decoded picture, Height x Width x 4 bytes. Only red, green and blue are used.</summary>
internal readonly ref struct RgbaPicture(ReadOnlySpan<byte> rgba, int width, int height)
{
    private const int Transparent = 13;

    private readonly ReadOnlySpan<byte> _rgba = rgba;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public (byte Red, byte Green, byte Blue) this[int x, int y]
    {
        get
        {
            var i = ((y * Width) + x) * 4;
            return (_rgba[i], _rgba[i + 1], _rgba[i + 2]);
        }
    }

    /// <summary>
    /// Whether opacity tells a garment from its ground: all corners are transparent, and at least an eighth of all pixels. Fewer are the
    /// rounded corners of a photo.
    /// </summary>
    public bool IsCutOut
    {
        get
        {
            var (right, bottom) = (Width - 1, Height - 1);
            if (!(IsTransparent(0, 0) && IsTransparent(right, 0) && IsTransparent(0, bottom) && IsTransparent(right, bottom)))
            {
                return false;
            }

            var transparent = 0L;
            for (var i = 3; i < _rgba.Length; i += 4)
            {
                transparent += _rgba[i] <= Transparent ? 1 : 0;
            }

            return transparent * 8 >= (long)Width * Height;
        }
    }

    /// <summary>Whether a pixel has at most 5 % of full opacity.</summary>
    public bool IsTransparent(int x, int y) => _rgba[(((y * Width) + x) * 4) + 3] <= Transparent;

    /// <summary>
    /// The part <paramref name="box"/> at another size. Each pixel is the mean of the pixels that it covers, or the nearest one.
    /// </summary>
    public RgbImage Average(PixelBox box, int width, int height)
    {
        var scaled = new RgbImage(width, height);
        for (var y = 0; y < height; y++)
        {
            var (top, bottom) = Covered(y, height, box.Height);
            for (var x = 0; x < width; x++)
            {
                var (left, right) = Covered(x, width, box.Width);
                scaled[(y * width) + x] = Mean(box.Left + left, box.Top + top, box.Left + right, box.Top + bottom);
            }
        }

        return scaled;

        static (int First, int End) Covered(int index, int count, int source)
        {
            var first = (int)((long)index * source / count);
            return (first, Math.Max(first + 1, (int)((long)(index + 1) * source / count)));
        }
    }

    private Vector3 Mean(int left, int top, int right, int bottom)
    {
        long red = 0, green = 0, blue = 0;
        for (var y = top; y < bottom; y++)
        {
            var row = _rgba.Slice(((y * Width) + left) * 4, (right - left) * 4);
            for (var i = 0; i < row.Length; i += 4)
            {
                red += row[i];
                green += row[i + 1];
                blue += row[i + 2];
            }
        }

        var count = (float)((right - left) * (bottom - top));
        return new Vector3(red / count, green / count, blue / count);
    }
}
