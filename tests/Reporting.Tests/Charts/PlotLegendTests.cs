using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

public sealed class PlotLegendTests
{
    /// <summary>
    /// By hand: an entry is 32 + 6.7 for each character + 16 wide and a row 480 - 56 - 16 + 20 = 428. Three labels of 12 characters
    /// are 385.2 wide, a fourth needs a second row of 20.
    /// </summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 20)]
    [InlineData(4, 40)]
    [InlineData(7, 60)]
    public void Height_Labels_GrowsByRows(int labels, int expected) =>
        Assert.Equal(expected, new PlotLegend(Enumerable.Repeat(new LineMark("twelve chars", Ink.Blue, []), labels)).Height);

    [Fact]
    public void Height_LabelLongerThanARow_IsOneRow() =>
        Assert.Equal(20, new PlotLegend([new LineMark(new string('x', 100), Ink.Blue, [])]).Height);

    [Fact]
    public void Draw_MarksWithAndWithoutLabel_HasAKeyForEachLabel()
    {
        var svg = new SvgWriter();

        new PlotLegend(
        [
            new LineMark("line", Ink.Blue, [], Dashed: true), new LineMark(null, Ink.Orange, []),
            new DotMark("ring", Ink.Teal, [], Ring: true),
            new DotMark("dot", Ink.Violet, []), new SpanMark("span", Ink.Rose, [], 14),
        ]).Draw(svg, ChartTheme.Light, 12);

        var drawing = svg.ToString();
        Assert.All(["line", "ring", "dot", "span"], label => Assert.Contains($">{label}</text>", drawing, StringComparison.Ordinal));
        Assert.Equal(2, drawing.Split("<circle").Length - 1);
        Assert.Equal(2, drawing.Split("<line").Length - 1);
        Assert.DoesNotContain(Palette.Hex(Ink.Orange), drawing, StringComparison.Ordinal);
    }
}
