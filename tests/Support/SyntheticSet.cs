using ServerlessFashion.Data;

namespace ServerlessFashion.Tests;

/// <summary>Tiny sets in which every image tells which one it is.</summary>
internal static class SyntheticSet
{
    /// <summary>
    /// Image n, counted through train and then test, has the grey value n in every pixel and the garment n mod 10.
    /// </summary>
    public static FashionMnist Of(int train, int test)
    {
        static byte[] Pixels(int first, int count) =>
            [.. Enumerable.Range(first, count).SelectMany(n => Enumerable.Repeat((byte)n, FashionMnist.PixelsPerImage))];
        static byte[] Garments(int first, int count) => [.. Enumerable.Range(first, count).Select(n => (byte)(n % 10))];
        return new(Pixels(0, train), Garments(0, train), Pixels(train, test), Garments(train, test), "none");
    }
}
