using System.Globalization;
using System.IO.Compression;
using SkiaSharp;

namespace ServerlessFashion.Tests;

/// <summary>
/// A made-up colour set: pictures of a disc whose colour is its class, at a random place on a dark ground. Nothing but the colour tells
/// the classes apart, so a model that confuses the channels learns nothing. SkiaSharp draws and encodes them.
/// </summary>
internal static class ColourDiscs
{
    public const int Side = 32;

    /// <summary>The classes in label order.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["blue disc", "green disc", "red disc"];

    private static readonly SKColor[] Colours = [new(60, 60, 230), new(40, 200, 60), new(220, 50, 40)];

    /// <summary>A ZIP with a folder of pictures for each class; the pictures have <see cref="Side"/> pixels a side.</summary>
    public static byte[] Zip(int perClass)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (label, name) in Classes.Index())
            {
                for (var i = 0; i < perClass; i++)
                {
                    var path = string.Create(CultureInfo.InvariantCulture, $"discs/{name}/{i:000}.png");
                    using var entry = zip.CreateEntry(path, CompressionLevel.NoCompression).Open();
                    entry.Write(Png(label, seed: (label * 10_000) + i));
                }
            }
        }

        return packed.ToArray();
    }

    public static byte[] Png(int label, int seed, int width = Side, int height = Side)
    {
        using var picture = Draw(label, seed, width, height);
        using var data = picture.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The values of the picture of <see cref="Png"/>: row by row, red, green and blue of a pixel together.</summary>
    public static byte[] Values(int label, int seed)
    {
        using var picture = Draw(label, seed, Side, Side);
        return [.. picture.Pixels.SelectMany(pixel => new[] { pixel.Red, pixel.Green, pixel.Blue })];
    }

    private static SKBitmap Draw(int label, int seed, int width, int height)
    {
        var random = new Random(seed);
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(Dark(random), Dark(random), Dark(random)));
        using var paint = new SKPaint { Color = Colours[label], IsAntialias = true };
        var radius = (float)((.16 + (.12 * random.NextDouble())) * Math.Min(width, height));
        canvas.DrawCircle(Place(random, radius, width), Place(random, radius, height), radius, paint);
        return bitmap;
    }

    /// <summary>Where a disc lies within the picture.</summary>
    private static float Place(Random random, float radius, int size) => radius + (random.NextSingle() * (size - (2 * radius)));

    private static byte Dark(Random random) => (byte)random.Next(50);
}
