using SkiaSharp;

namespace ServerlessFashion.Import.Tests;

/// <summary>Pictures that an encoder outside the project writes.</summary>
internal static class TestPictures
{
    /// <summary>A PNG of one colour.</summary>
    public static byte[] Png(int width, int height, SKColor colour)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(colour);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Writes a file and creates the folders above it.</summary>
    public static void Write(string folder, string path, byte[] content)
    {
        var target = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target, content);
    }

    /// <summary>Writes grey pictures of 8 x 8 pixels, each of another grey, <paramref name="count"/> for each class.</summary>
    public static void WriteClasses(string folder, int count, params string[] classes)
    {
        foreach (var (index, name) in classes.Index())
        {
            for (var i = 0; i < count; i++)
            {
                var grey = (byte)(1 + (index * count) + i);
                Write(folder, $"{name}/{i}.png", Png(8, 8, new SKColor(grey, grey, grey)));
            }
        }
    }
}
