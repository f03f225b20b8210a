using System.Xml.Linq;
using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

public sealed class SvgChartTests
{
    private static readonly PlotChart Awkward = new(
        "plot", "A < B & \"C\"", "<script>", new Axis("x", 0, 10, [new(5, "<5>")]), new Axis("y", 0, 1, []),
        [
            new LineMark("<l>", Ink.Blue, [new(0, 0), new(5, double.NaN), new(10, 1)]),
            new DotMark(null, Ink.Teal, [new(5, .5, "<dot>"), new(double.PositiveInfinity, 1)]),
            new SpanMark("s", Ink.Rose, [new(5, .2, .8), new(6, double.NaN, 1), new(double.NaN, 0, 1)], 3),
        ]);

    [Fact]
    public void Standalone_AwkwardText_IsWellFormedAndEscaped()
    {
        var root = XDocument.Parse(SvgChart.Standalone(Awkward)).Root!;

        Assert.Equal("<script>", root.Attribute("aria-label")!.Value);
        Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "l" or "dot");
        Assert.Contains(root.Descendants().Where(element => element.Name.LocalName == "text"), text => text.Value == Awkward.Title);
    }

    [Fact]
    public void Standalone_PointsThatAreNotFinite_AreLeftOut()
    {
        var root = XDocument.Parse(SvgChart.Standalone(Awkward)).Root!;

        Assert.Equal(2, root.Descendants().Single(element => element.Name.LocalName == "polyline").Attribute("points")!.Value.Split(' ').Length);
        Assert.Single(root.Descendants(), element => element.Name.LocalName == "circle");
        Assert.DoesNotContain("NaN", root.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Standalone_LineFromCornerToCorner_SpansThePlot()
    {
        // 480 wide with 56 left and 16 right, 232 high: y grows downwards
        var points = XDocument.Parse(SvgChart.Standalone(Awkward)).Root!.Descendants().Single(element => element.Name.LocalName == "polyline").Attribute("points")!.Value;

        Assert.Equal("0,232 408,0", points);
    }

    [Fact]
    public void Standalone_Colours_AreValuesAndInPageVariables()
    {
        Assert.DoesNotContain("var(", SvgChart.Standalone(Awkward), StringComparison.Ordinal);
        Assert.Contains("var(--ink-blue)", SvgChart.Inline(Awkward), StringComparison.Ordinal);
    }

    [Fact]
    public void Standalone_HeatMap_ShowsEveryCell()
    {
        var map = new HeatMap("map", "Map", "Map", "Predicted", "True", ["a", "b"], [[1, 0], [-.5, double.NaN]], [["1", "0"], ["5", "x"]]);
        var texts = XDocument.Parse(SvgChart.Standalone(map)).Root!.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value);

        Assert.Superset(new HashSet<string> { "1", "0", "5", "x", "Predicted", "True" }, texts.ToHashSet());
    }
}
