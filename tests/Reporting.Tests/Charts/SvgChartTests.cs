using System.Globalization;
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
        var root = Root(Awkward);

        Assert.Equal("<script>", root.Attribute("aria-label")!.Value);
        Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "l" or "dot");
        Assert.Contains(root.Descendants().Where(element => element.Name.LocalName == "text"), text => text.Value == Awkward.Title);
    }

    [Fact]
    public void Standalone_PointsThatAreNotFinite_AreLeftOut()
    {
        var root = Root(Awkward);

        var line = root.Descendants().Single(element => element.Name.LocalName == "polyline");
        Assert.Equal(2, line.Attribute("points")!.Value.Split(' ').Length);
        Assert.Single(root.Descendants(), element => element.Name.LocalName == "circle");
        Assert.DoesNotContain("NaN", root.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Standalone_LineFromCornerToCorner_SpansThePlot()
    {
        // 480 wide with 56 left and 16 right, 232 high: y grows downwards
        var points = Root(Awkward).Descendants().Single(element => element.Name.LocalName == "polyline").Attribute("points")!.Value;

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
        var texts = Root(map).Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value);

        Assert.Superset(new HashSet<string> { "1", "0", "5", "x", "Predicted", "True" }, texts.ToHashSet());
    }

    [Fact]
    public void Standalone_SlantedColumnLabels_EndInsideTheDrawing()
    {
        string[] labels = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];
        var row = new double[labels.Length];
        var map = new HeatMap("map", "", "", "", "", labels, [.. labels.Select(_ => row)], [.. labels.Select(_ => labels)]);
        var last = Root(map).Descendants()
            .Last(element => element.Attribute("transform")?.Value.Contains("rotate(-40)", StringComparison.Ordinal) == true);
        var x = double.Parse(last.Attribute("transform")!.Value.Split('(', ' ')[1], CultureInfo.InvariantCulture);

        // "Ankle boot" is 10,974 font units wide in DejaVu Sans, of which 2,048 are an em of 12 units; cos 40 degrees is .766.
        Assert.InRange(x + 10_974 / 2048.0 * 12 * .766, x, 480);
    }

    [Theory]
    [InlineData(.1, "Strong small network on garments", "start")]
    [InlineData(.6, "Model 4", "start")]
    [InlineData(.6, "Strong small network on garments", "end")]
    [InlineData(.8, "Model 4", "end")]
    public void Standalone_TextOfAPoint_StandsWhereItFits(double x, string text, string anchor)
    {
        var chart = Awkward with { X = new Axis("", 0, 1, []), Marks = [new DotMark(null, Ink.Blue, [new(x, .5, text)])] };
        var label = Root(chart).Descendants().Single(element => element.Name.LocalName == "text" && element.Value == text);

        Assert.Equal(anchor, label.Attribute("text-anchor")!.Value);
    }

    [Fact]
    public void Standalone_ShortTitle_HasItsFullSize() => Assert.Equal(14, TitleSize("Recall by label"));

    [Fact]
    public void Standalone_LongTitle_IsSetSmallerSoThatItFits()
    {
        // 71,812 font units wide in DejaVu Sans, of which 2,048 are an em: 491 of 480 units at full size.
        var size = TitleSize("ResNet50 fine-tuned minus Strong small network on garments, points");

        Assert.InRange(71_812 / 2048.0 * size, 400, 460);
    }

    private static XElement Root(Chart chart) => XDocument.Parse(SvgChart.Standalone(chart)).Root!;

    private static double TitleSize(string title)
    {
        var text = Root(Awkward with { Title = title }).Descendants().First(element => element.Value == title);
        return double.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture);
    }
}
