namespace ServerlessFashion.Reporting.Charts;

/// <summary>
/// Draws a chart as SVG, 480 units wide. All text is escaped. There are no ids, scripts or external references, so one page can
/// contain many charts.
/// </summary>
internal static class SvgChart
{
    /// <summary>Width of every chart's view box.</summary>
    internal const int Width = 480;

    /// <summary>Average width of a character of 12.5 units in DejaVu Sans, a wide font.</summary>
    internal const double CharacterWidth = 6.7;

    private const string PageFont = "inherit";
    private const string StandaloneFont = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
    private const int TitleHeight = 26;
    private const int TitleLeft = 10;
    private const int TitleSize = 14;

    /// <summary>Draws a chart for the report's page. Colours are the page's CSS variables, and the page shows the title.</summary>
    public static string Inline(Chart chart)
    {
        var layout = Layout(chart);
        var svg = new SvgWriter();
        svg.Open(Width, layout.Height, chart.Description, PageFont);
        layout.Draw(svg, ChartTheme.Page, 0);
        svg.Close();
        return svg.ToString();
    }

    /// <summary>Draws a separate file, in light colours and with the title on top.</summary>
    public static string Standalone(Chart chart)
    {
        var layout = Layout(chart);
        var height = TitleHeight + layout.Height;
        var svg = new SvgWriter();
        svg.Open(Width, height, chart.Description, StandaloneFont);
        svg.Ground(Width, height, ChartTheme.Light.Ground);
        svg.Text(TitleLeft, 19, chart.Title, "start", ChartTheme.Light.Text, FittingSize(chart.Title));
        layout.Draw(svg, ChartTheme.Light, TitleHeight);
        svg.Close();
        return svg.ToString();
    }

    private static IChartLayout Layout(Chart chart) => chart switch
    {
        PlotChart plot => new PlotLayout(plot),
        HeatMap map => new HeatMapLayout(map),
        _ => throw new ArgumentOutOfRangeException(nameof(chart), chart, "This kind of chart cannot be drawn."),
    };

    /// <summary>A long title is set smaller, so that it is not cut off at the right.</summary>
    private static double FittingSize(string title) =>
        Math.Min(TitleSize, (Width - 2 * TitleLeft) * 12.5 / (CharacterWidth * 1.1 * Math.Max(1, title.Length)));
}

/// <summary>The placed parts of one chart.</summary>
internal interface IChartLayout
{
    /// <summary>Height of the chart without its title, in units of the view box.</summary>
    int Height { get; }

    /// <param name="top">Where the chart begins.</param>
    void Draw(SvgWriter svg, ChartTheme theme, int top);
}
