using ServerlessFashion.Prediction.Reading;
using SkiaSharp;

namespace ServerlessFashion.Prediction.Pictures;

/// <summary>Decodes picture files into RGBA of at most <see cref="ReadOptions.MaxPicturePixels"/>.</summary>
internal static class PictureDecoder
{
    private const int LongestEdge = 65_535;

    /// <summary>JPEG is decoded at multiples of an eighth of its size.</summary>
    private const int Eighths = 8;

    /// <summary>Different continuations of a JPEG whose end marker is missing.</summary>
    private static readonly byte[][] Tails =
        [.. new byte[] { 0x00, 0x55, 0xaa, 0xc3 }.Select(value => Enumerable.Repeat(value, 32).ToArray())];

    private static readonly byte[] EndOfImage = [0xff, 0xd9];

    /// <summary>Decodes the picture. Its orientation is that of the display only after <paramref name="origin"/> was applied.</summary>
    /// <exception cref="InvalidInputException">The picture is too large, damaged or cut off.</exception>
    public static SKBitmap Decode(ReadOnlySpan<byte> file, ReadContext context, out SKEncodedOrigin origin)
    {
        var bitmap = Decode(file, context, out origin, out var isCutOff);
        if (!isCutOff)
        {
            return bitmap;
        }

        bitmap.Dispose();
        return DecodeWithoutEnd(file, context) ?? throw context.Error("the picture is cut off");
    }

    /// <summary>Number of pixels by the header; 0 if the header cannot be read.</summary>
    public static long PixelsOf(ReadOnlySpan<byte> file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        return codec is null ? 0 : (long)codec.Info.Width * codec.Info.Height;
    }

    /// <summary>The orientation of a picture by its header.</summary>
    public static SKEncodedOrigin OriginOf(SKCodec codec, ReadOnlySpan<byte> file) =>
        codec.EncodedFormat == SKEncodedImageFormat.Png ? PngOrientation.Of(file) : codec.EncodedOrigin;

    private static SKBitmap Decode(ReadOnlySpan<byte> file, ReadContext context, out SKEncodedOrigin origin, out bool isCutOff)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data) ?? throw context.Error("the picture's header is damaged or cut off");
        origin = OriginOf(codec, file);
        var size = SizeOf(codec, file, context);

        // Without a colour space the values are taken as they are stored.
        var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        isCutOff = result == SKCodecResult.IncompleteInput;
        if (isCutOff || result == SKCodecResult.Success)
        {
            return bitmap;
        }

        bitmap.Dispose();
        throw context.Error("the picture is damaged, or coded in a way that cannot be read; save it again as PNG or JPEG");
    }

    /// <summary>The size to decode to: that of the picture, or of a JPEG the largest fraction that has few enough pixels.</summary>
    private static SKSizeI SizeOf(SKCodec codec, ReadOnlySpan<byte> file, ReadContext context)
    {
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        var most = context.Options.MaxPicturePixels;
        var pixels = (long)width * height;
        if (width > 0 && height > 0 && Math.Max(width, height) <= LongestEdge)
        {
            if (pixels <= most)
            {
                return new SKSizeI(width, height);
            }

            var isReducible = codec.EncodedFormat == SKEncodedImageFormat.Jpeg && pixels <= context.Options.MaxReducedPicturePixels
                && JpegStructure.Of(file) is { IsOneScan: true };
            for (var eighths = Eighths - 1; isReducible && eighths > 0; eighths--)
            {
                var reduced = codec.GetScaledDimensions((float)eighths / Eighths);
                if ((long)reduced.Width * reduced.Height <= most)
                {
                    return reduced;
                }
            }
        }

        throw context.Error(
            $"the picture is {width}x{height}; at most {most} pixels and {LongestEdge} along an edge are read, and "
                + $"{context.Options.MaxReducedPicturePixels} pixels of a JPEG that is not progressive; make it smaller");
    }

    /// <summary>
    /// Decodes a JPEG that lacks only its end marker; null if it lacks more. The decoder reports both alike. A picture that is complete
    /// does not change with bytes put in place of the marker, and one that is cut off does.
    /// </summary>
    private static SKBitmap? DecodeWithoutEnd(ReadOnlySpan<byte> file, ReadContext context)
    {
        if (JpegStructure.Of(file) is not { IsOneScan: true } structure || JpegStructure.HasEnd(file[structure.ScanStart..])
            || !structure.HasAllRestarts(file))
        {
            return null;
        }

        // A last FF is the first half of the marker.
        var data = file is [.. var start, 0xff] ? start : file;
        SKBitmap? first = null;
        foreach (var tail in Tails)
        {
            var bitmap = Decode([.. data, .. tail, .. EndOfImage], context, out _, out var isCutOff);
            if (isCutOff || (first is not null && !first.GetPixelSpan().SequenceEqual(bitmap.GetPixelSpan())))
            {
                bitmap.Dispose();
                first?.Dispose();
                return null;
            }

            first?.Dispose();
            first = bitmap;
        }

        return first;
    }
}
