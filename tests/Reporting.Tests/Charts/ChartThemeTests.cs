using System.Text.RegularExpressions;
using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

public sealed class ChartThemeTests
{
    /// <summary>A variable that the stylesheet does not define would leave marks black in both themes.</summary>
    [Fact]
    public void Page_EveryColour_IsAVariableOfTheStylesheet()
    {
        var styles = EmbeddedFile.ReadText(typeof(SvgChart), "theme.css") + EmbeddedFile.ReadText(typeof(SvgChart), "report.css");
        var theme = ChartTheme.Page;
        string[] colours =
        [
            theme.Ground, theme.Text, theme.MutedText, theme.Grid, theme.Heat, theme.HeatOpposite, theme.OnWeakHeat, theme.OnStrongHeat,
            .. Enum.GetValues<Ink>().Select(theme.Of),
        ];

        Assert.All(colours, colour => Assert.Contains(
            $"{Regex.Match(colour, @"^var\((--[a-z-]+)\)$").Groups[1].Value}:", styles.Replace(" :", ":", StringComparison.Ordinal),
            StringComparison.Ordinal));
    }

    [Fact]
    public void Light_EveryInk_IsAColourOfItsOwn()
    {
        var colours = Enum.GetValues<Ink>().Select(ChartTheme.Light.Of).ToArray();

        Assert.All(colours, colour => Assert.Matches("^#[0-9a-f]{6}$", colour));
        Assert.Equal(colours.Length, colours.Distinct().Count());
    }
}
