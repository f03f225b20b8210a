using ServerlessFashion.Reporting.Charts;
using SkiaSharp;

namespace ServerlessFashion.Reporting.Tests.Charts;

public sealed class PngChartTests
{
    [Fact]
    public void Render_Line_DrawsItInItsColour()
    {
        var chart = new PlotChart("p", "Title", "", new Axis("x", 0, 1, []), new Axis("y", 0, 1, []), [new LineMark("line", Ink.Rose, [new(0, .5), new(1, .5)])]);

        using var bitmap = SKBitmap.Decode(PngChart.Render(chart));

        Assert.Equal((960, 600), (bitmap.Width, bitmap.Height));
        Assert.Contains(SKColor.Parse(Palette.Hex(Ink.Rose)), bitmap.Pixels);
    }

    [Fact]
    public void Render_Title_IsDrawnWithTheShippedFont()
    {
        static int Dark(string title)
        {
            var chart = new PlotChart("p", title, "", new Axis("", 0, 1, []), new Axis("", 0, 1, []), []);
            using var bitmap = SKBitmap.Decode(PngChart.Render(chart));
            return bitmap.Pixels.Take(960 * 60).Count(pixel => pixel.Red < 160);
        }

        Assert.True(Dark("WWWWWWWWWW") > Dark("i") + 200);
    }

    [Fact]
    public void Render_MarksWithoutPoints_StillDraws() =>
        Assert.NotEmpty(PngChart.Render(new PlotChart("p", "", "", Axis.Epochs(1), Axis.Linear("", []), [new LineMark("l", Ink.Blue, []), new DotMark("d", Ink.Blue, []), new SpanMark("s", Ink.Blue, [], 2)])));
}
