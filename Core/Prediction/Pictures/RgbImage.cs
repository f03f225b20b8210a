using System.Numerics;

namespace ServerlessFashion.Prediction.Pictures;

/// <summary>A small picture in floating point, row by row; red, green and blue 0..255.</summary>
internal sealed class RgbImage(int width, int height)
{
    private readonly Vector3[] _pixels = new Vector3[width * height];

    public int Width { get; } = width;

    public int Height { get; } = height;

    public Vector3 this[int index]
    {
        get => _pixels[index];
        set => _pixels[index] = value;
    }

    /// <summary>The pixel at a position, or the nearest one on the border.</summary>
    public Vector3 At(int x, int y) => _pixels[(Math.Clamp(y, 0, Height - 1) * Width) + Math.Clamp(x, 0, Width - 1)];
}

/// <summary>Grey value of a colour: ITU-R BT.709 weights on the stored values.</summary>
internal static class Luma
{
    private static readonly Vector3 Weights = new(.2126f, .7152f, .0722f);

    public static float Of(Vector3 colour) => Vector3.Dot(colour, Weights);
}
