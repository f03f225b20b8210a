using System.Globalization;
using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

/// <summary>Each element is written by hand from the SVG recommendation.</summary>
public sealed class SvgWriterTests
{
    [Fact]
    public void OpenAndClose_Drawing_HasViewBoxAndAlternativeText() => Assert.Equal(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 100\" role=\"img\" aria-label=\"a &lt; b\" "
            + "font-family=\"serif\"></svg>",
        Written(svg =>
        {
            svg.Open(480, 100, "a < b", "serif");
            svg.Close();
        }));

    [Fact]
    public void Line_DashedWithWidth_HasBoth() => Assert.Equal(
        "<line x1=\"1.2\" x2=\"2\" y1=\"3\" y2=\"4\" stroke=\"red\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"/>",
        Written(svg => svg.Line(1.23, 2, 3, 4, "red", 1.5, dashed: true)));

    [Fact]
    public void Polyline_Points_AreCommaSeparatedPairs() => Assert.Equal(
        "<polyline fill=\"none\" stroke=\"red\" stroke-width=\"2\" stroke-linejoin=\"round\" points=\"0,1.5 2,3\"/>",
        Written(svg => svg.Polyline([(0, 1.5), (2, 3)], "red", 2, dashed: false)));

    [Fact]
    public void Circle_Hint_IsItsTitle()
    {
        Assert.Equal("<circle cx=\"1\" cy=\"2\" r=\"3\" fill=\"red\"/>", Written(svg => svg.Circle(1, 2, 3, "red")));
        Assert.Equal(
            "<circle cx=\"1\" cy=\"2\" r=\"3\" fill=\"red\" stroke=\"blue\" stroke-width=\"2\"><title>&amp;</title></circle>",
            Written(svg => svg.Circle(1, 2, 3, "red", "blue", 2, "&")));
    }

    [Fact]
    public void RotatedText_LevelOrSlanted_HasARotationOnlyIfSlanted()
    {
        const string Text = "<text x=\"0\" y=\"0\" text-anchor=\"end\" fill=\"red\" font-size=\"12\">t</text></g>";

        Assert.Equal($"<g transform=\"translate(1 2)\">{Text}", Written(svg => svg.RotatedText(1, 2, 0, "t", "end", "red", 12)));
        Assert.Equal(
            $"<g transform=\"translate(1 2) rotate(-40)\">{Text}", Written(svg => svg.RotatedText(1, 2, -40, "t", "end", "red", 12)));
    }

    /// <summary>Decimal commas would break every number of the drawing.</summary>
    [Fact]
    public void Cell_CultureWithDecimalCommas_WritesPoints()
    {
        var culture = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.Equal(
                "<rect x=\"1.5\" y=\"2.5\" width=\"3.5\" height=\"4.5\" rx=\"2\" fill=\"red\" fill-opacity=\"0.25\"/>",
                Written(svg => svg.Cell(1.5, 2.5, 3.5, 4.5, "red", .25)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Written(Action<SvgWriter> write)
    {
        var svg = new SvgWriter();
        write(svg);
        return svg.ToString();
    }
}
