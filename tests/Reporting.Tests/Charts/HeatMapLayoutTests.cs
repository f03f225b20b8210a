using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

public sealed class HeatMapLayoutTests
{
    /// <summary>
    /// By hand for two short labels: the left edge is 70, so cells are (480 - 70 - 8) / 2 = 201 wide and at most 46 high; title 22,
    /// labels 20, cells 92 and margin 8 add up to 142.
    /// </summary>
    [Fact]
    public void Height_ShortLabels_AreLevel() => Assert.Equal(142, new HeatMapLayout(Map(["a", "b"], 0)).Height);

    [Theory]
    [InlineData(1, "#174c93", "fill-opacity=\"1\"", "#ffffff")]
    [InlineData(.5, "#174c93", "fill-opacity=\"0.5\"", "#000000")]
    [InlineData(-.5, "#8f3507", "fill-opacity=\"0.5\"", "#000000")]
    [InlineData(7, "#174c93", "fill-opacity=\"1\"", "#ffffff")]
    [InlineData(double.NaN, "#174c93", "fill-opacity=\"0\"", "#000000")]
    public void Draw_Shade_SetsColourStrengthAndText(double shade, string colour, string opacity, string text)
    {
        var svg = new SvgWriter();

        new HeatMapLayout(Map(["a"], shade)).Draw(svg, ChartTheme.Light, 0);

        Assert.Contains($"fill=\"{colour}\" {opacity}/><text", svg.ToString(), StringComparison.Ordinal);
        Assert.Contains($"fill=\"{text}\" font-size=\"12.5\">cell</text>", svg.ToString(), StringComparison.Ordinal);
    }

    private static HeatMap Map(string[] labels, double shade) => new(
        "map", "Map", "Map", "x", "y", labels,
        [.. labels.Select(_ => labels.Select(_ => shade).ToArray())], [.. labels.Select(_ => labels.Select(_ => "cell").ToArray())]);
}
