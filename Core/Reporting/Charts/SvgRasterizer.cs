using SkiaSharp;
using Svg.Skia;
using Svg.Skia.TypefaceProviders;

namespace ServerlessFashion.Reporting.Charts;

/// <summary>
/// Rasterises an SVG drawing as a PNG at two pixels a unit. All text is set in the DejaVu Sans of the assembly, so the
/// image does not depend on the fonts of the machine: the same drawing gives the same bytes.
/// </summary>
internal static class SvgRasterizer
{
    private const float PixelsPerUnit = 2;

    private static readonly EmbeddedFont Font = new();

    /// <param name="svg">A whole SVG document with a view box, in UTF-8.</param>
    public static byte[] Png(byte[] svg)
    {
        using var drawing = new SKSvg();
        drawing.Settings.TypefaceProviders = [Font];
        using var source = new MemoryStream(svg);
        using var png = new MemoryStream();
        drawing.Load(source);
        return drawing.Save(png, SKColors.White, SKEncodedImageFormat.Png, 100, PixelsPerUnit, PixelsPerUnit)
            ? png.ToArray()
            : throw new InvalidOperationException("The SVG document has nothing to draw.");
    }

    /// <summary>Answers every request for a font with DejaVu Sans, read once from the assembly.</summary>
    private sealed class EmbeddedFont : ITypefaceProvider
    {
        private readonly SKTypeface _typeface = Load();

        public SKTypeface? FromFamilyName(
            string fontFamily, SKFontStyleWeight fontWeight, SKFontStyleWidth fontWidth, SKFontStyleSlant fontStyle) => _typeface;

        private static SKTypeface Load()
        {
            using var stream = typeof(SvgRasterizer).Assembly.GetManifestResourceStream("DejaVuSans.ttf")
                ?? throw new InvalidOperationException("The assembly lacks its font DejaVuSans.ttf.");
            return SKTypeface.FromStream(stream);
        }
    }
}
