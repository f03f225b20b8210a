using System.Xml.Linq;
using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

public sealed class PlotLayoutTests
{
    /// <summary>By hand: legend 20, 10 above the plot, plot 232 and 46 below it; slanted labels need 34 more.</summary>
    [Fact]
    public void Height_Plot_IsTheSumOfItsParts()
    {
        var labels = Enumerable.Range(0, 10).Select(i => $"a long label {i}").ToArray();

        Assert.Equal(308, new PlotLayout(Chart(Axis.Linear("x", [0, 1]), "line")).Height);
        Assert.Equal(288, new PlotLayout(Chart(Axis.Linear("x", [0, 1]), null)).Height);
        Assert.Equal(322, new PlotLayout(Chart(Axis.Categories("x", labels), null)).Height);
    }

    /// <summary>The plot is 408 wide and 232 high: a quarter of the way and half the way up are (102, 116).</summary>
    [Fact]
    public void Draw_Dot_StandsAtItsShareOfTheAxes()
    {
        var svg = new SvgWriter();
        svg.Open(480, 400, "", "");
        var chart = Chart(Axis.Linear("x", [0, 1]), null) with { Marks = [new DotMark(null, Ink.Blue, [new(.25, .5)])] };
        new PlotLayout(chart).Draw(svg, ChartTheme.Light, 0);
        svg.Close();

        var dot = XDocument.Parse(svg.ToString()).Descendants().Single(element => element.Name.LocalName == "circle");
        Assert.Equal(("102", "116"), (dot.Attribute("cx")!.Value, dot.Attribute("cy")!.Value));
    }

    private static PlotChart Chart(Axis x, string? label) =>
        new("plot", "Plot", "Plot", x, Axis.Linear("y", [0, 1]), [new LineMark(label, Ink.Blue, [])]);
}
