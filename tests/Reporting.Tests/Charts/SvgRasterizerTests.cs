using System.Globalization;
using System.Text;
using ServerlessFashion.Reporting.Charts;
using SkiaSharp;

namespace ServerlessFashion.Reporting.Tests.Charts;

public sealed class SvgRasterizerTests
{
    /// <summary>Font units of an em of DejaVu Sans, and the advance of its vertical bar.</summary>
    private const double Em = 2048;

    private const double BarAdvance = 690;

    private static readonly PlotChart HalfwayLine = new(
        "p", "Title", "", new Axis("x", 0, 1, []), new Axis("y", 0, 1, []), [new LineMark(null, Ink.Rose, [new(0, .5), new(1, .5)])]);

    [Fact]
    public void Png_Plot_HasTwoPixelsAUnit()
    {
        // 480 wide; title 26, room 10, plot 232 and axis 46 high.
        using var bitmap = Draw(SvgChart.Standalone(HalfwayLine));

        Assert.Equal((960, 628), (bitmap.Width, bitmap.Height));
    }

    [Fact]
    public void Png_LineHalfwayUp_IsThereInItsColour()
    {
        // The plot begins 56 from the left and 36 from the top, and its middle is 116 below.
        using var bitmap = Draw(SvgChart.Standalone(HalfwayLine));

        Assert.Equal(SKColor.Parse("#b8286b"), bitmap.GetPixel(2 * 260, 2 * (36 + 116)));
        Assert.Equal(SKColors.White, bitmap.GetPixel(2 * 260, 2 * (36 + 100)));
    }

    /// <summary>
    /// The advances are those of Fonts/DejaVuSans.ttf as fontTools 4.38 reads them: font["hmtx"][name][0]. The
    /// letters of another font are wider or narrower: ten W take 434.8 pixels in DejaVu Serif and 465.8 in bold.
    /// </summary>
    [Theory]
    [InlineData('W', 2025)]
    [InlineData('m', 1995)]
    [InlineData('M', 1767)]
    [InlineData('0', 1303)]
    [InlineData('i', 569)]
    public void Png_TextOfAnyFamily_HasTheLetterWidthsOfDejaVuSans(char letter, int advance)
    {
        const double size = 20.48;
        const int count = 10;
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 40" font-family="serif">
            <text x="10" y="25" font-size="{size}" font-weight="700">|{new string(letter, count)}|</text></svg>
            """);
        using var bitmap = Draw(text);

        // The bars alone reach below the base line of these letters.
        var bars = Enumerable.Range(0, bitmap.Width).Where(x => bitmap.GetPixel(x, 2 * 28).Red < 128).ToArray();
        Assert.Equal((BarAdvance + count * advance) / Em * 2 * size, bars.Max() - bars.Min() - BarThickness(bars), 1.5);
    }

    [Fact]
    public void Png_SameDrawingInManyThreads_HasTheSameBytes()
    {
        var svg = Encoding.UTF8.GetBytes(SvgChart.Standalone(HalfwayLine));
        var expected = SvgRasterizer.Png(svg);

        Assert.All(Enumerable.Range(0, 32).AsParallel().Select(_ => SvgRasterizer.Png(svg)), png => Assert.Equal(expected, png));
    }

    [Fact]
    public void Png_MarksWithoutPoints_IsBlankInThePlot()
    {
        Mark[] empty = [new LineMark(null, Ink.Blue, []), new DotMark(null, Ink.Blue, []), new SpanMark(null, Ink.Blue, [], 2)];
        var chart = HalfwayLine with { Marks = empty };
        using var bitmap = Draw(SvgChart.Standalone(chart));

        Assert.All(Enumerable.Range(2 * 40, 2 * 220), y => Assert.Equal(SKColors.White, bitmap.GetPixel(2 * 260, y)));
    }

    /// <summary>Columns of one bar, less one: the distance between its edges.</summary>
    private static int BarThickness(int[] bars) => bars.TakeWhile(x => x < bars[0] + 20).Count() - 1;

    private static SKBitmap Draw(string svg) => SKBitmap.Decode(SvgRasterizer.Png(Encoding.UTF8.GetBytes(svg)));
}
