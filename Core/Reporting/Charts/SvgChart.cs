using System.Globalization;
using System.Net;
using System.Text;

namespace ServerlessFashion.Reporting.Charts;

/// <summary>
/// Draws a chart as SVG, 480 units wide. All text is escaped. There are no ids, scripts or external references, so one page can
/// contain many charts.
/// </summary>
public sealed class SvgChart
{
    private const int Width = 480;
    private const int PlotHeight = 232;
    private const int Left = 56;
    private const int Right = 16;
    private const int Bottom = 46;
    private const int SlantedLabelRoom = 34;
    private const int LegendRow = 20;
    private const int TitleRow = 26;
    private const double CharacterWidth = 6.7;

    private readonly StringBuilder _svg = new();
    private readonly bool _inPage;

    private SvgChart(bool inPage) => _inPage = inPage;

    /// <summary>Draws a chart for the report's page. Colours are the page's CSS variables, and the page shows the title.</summary>
    public static string Inline(Chart chart) => new SvgChart(inPage: true).Draw(chart);

    /// <summary>Draws a separate file, in light colours and with the title on top.</summary>
    public static string Standalone(Chart chart) => new SvgChart(inPage: false).Draw(chart);

    private string Draw(Chart chart)
    {
        switch (chart)
        {
            case PlotChart plot:
                DrawPlot(plot);
                break;
            case HeatMap map:
                DrawHeatMap(map);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(chart), chart, "A chart kind that cannot be drawn.");
        }

        return _svg.ToString();
    }

    private void DrawPlot(PlotChart chart)
    {
        var legend = LegendRows(chart.Marks);
        var top = (_inPage ? 0 : TitleRow) + legend.Count * LegendRow + 10;
        var slanted = chart.X.LabelsAreLong;
        var height = top + PlotHeight + Bottom + (slanted ? SlantedLabelRoom : 0);
        const int plotWidth = Width - Left - Right;
        Open(chart, height);
        for (var row = 0; row < legend.Count; row++)
        {
            DrawLegendRow(legend[row], (_inPage ? 0 : TitleRow) + row * LegendRow + 12);
        }

        foreach (var tick in chart.Y.Ticks)
        {
            var y = top + PlotHeight * (1 - chart.Y.Position(tick.Value));
            _svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" x2="{Width - Right}" y1="{y:0.#}" y2="{y:0.#}" stroke="{Grid}"/>""");
            Text(Left - 7, y + 4, tick.Label, "end", MutedText, 12);
        }

        foreach (var tick in chart.X.Ticks)
        {
            var x = Left + plotWidth * chart.X.Position(tick.Value);
            _svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{x:0.#}" x2="{x:0.#}" y1="{top + PlotHeight}" y2="{top + PlotHeight + 4}" stroke="{MutedText}"/>""");
            SlantedText(x + (slanted ? 4 : 0), top + PlotHeight + (slanted ? 14 : 18), tick.Label, slanted, "end", MutedText);
        }

        _svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" x2="{Width - Right}" y1="{top + PlotHeight}" y2="{top + PlotHeight}" stroke="{MutedText}"/>""");
        Text(Left + plotWidth / 2.0, height - 6, chart.X.Title, "middle", TextColour, 12.5);
        _svg.Append(CultureInfo.InvariantCulture, $"""<g transform="translate(13 {top + PlotHeight / 2.0:0.#}) rotate(-90)">""");
        Text(0, 0, chart.Y.Title, "middle", TextColour, 12.5);
        _svg.Append("</g>");

        // A nested svg clips to the plot area without needing an id.
        _svg.Append(CultureInfo.InvariantCulture, $"""<svg x="{Left}" y="{top - 8}" width="{plotWidth + 8}" height="{PlotHeight + 16}">""");
        _svg.Append("""<g transform="translate(0 8)">""");
        foreach (var mark in chart.Marks)
        {
            DrawMark(mark, p => plotWidth * chart.X.Position(p), p => PlotHeight * (1 - chart.Y.Position(p)), plotWidth);
        }

        _svg.Append("</g></svg></svg>");
    }

    private void DrawMark(Mark mark, Func<double, double> x, Func<double, double> y, int plotWidth)
    {
        switch (mark)
        {
            case LineMark line:
                DrawLine(line, x, y);
                break;
            case DotMark dots:
                foreach (var point in Finite(dots.Points, x, y))
                {
                    DrawDot(dots, point, x(point.X), y(point.Y), plotWidth);
                }

                break;
            case SpanMark spans:
                foreach (var span in spans.Spans.Where(s => double.IsFinite(x(s.X)) && double.IsFinite(y(s.Low)) && double.IsFinite(y(s.High))))
                {
                    _svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{x(span.X):0.#}" x2="{x(span.X):0.#}" y1="{y(span.Low):0.#}" y2="{y(span.High):0.#}" stroke="{Colour(spans.Ink)}" stroke-width="{spans.Width}"/>""");
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mark), mark, "A mark that cannot be drawn.");
        }
    }

    private void DrawLine(LineMark line, Func<double, double> x, Func<double, double> y)
    {
        var points = Finite(line.Points, x, y);
        _svg.Append(CultureInfo.InvariantCulture, $"""<polyline fill="none" stroke="{Colour(line.Ink)}" stroke-width="{(line.Dashed ? 1.5 : 2.2)}" stroke-linejoin="round"{(line.Dashed ? " stroke-dasharray=\"5 4\"" : "")} points="{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{x(p.X):0.#},{y(p.Y):0.#}")))}"/>""");
        foreach (var point in line.Dots || points.Count == 1 ? points : [])
        {
            _svg.Append(CultureInfo.InvariantCulture, $"""<circle cx="{x(point.X):0.#}" cy="{y(point.Y):0.#}" r="3.2" fill="{Colour(line.Ink)}">{Hint(point)}</circle>""");
        }
    }

    private void DrawDot(DotMark dots, ChartPoint point, double x, double y, int plotWidth)
    {
        _svg.Append(dots.Ring
            ? string.Create(CultureInfo.InvariantCulture, $"""<circle cx="{x:0.#}" cy="{y:0.#}" r="5.5" fill="{GroundColour}" stroke="{Colour(dots.Ink)}" stroke-width="2.4">{Hint(point)}</circle>""")
            : string.Create(CultureInfo.InvariantCulture, $"""<circle cx="{x:0.#}" cy="{y:0.#}" r="4.2" fill="{Colour(dots.Ink)}">{Hint(point)}</circle>"""));
        if (point.Text is not null && !dots.Ring)
        {
            var onLeft = x > plotWidth * 0.7;
            Text(onLeft ? x - 9 : x + 9, y + 4, point.Text, onLeft ? "end" : "start", TextColour, 12);
        }
    }

    private void DrawHeatMap(HeatMap map)
    {
        var count = Math.Max(1, map.Labels.Count);
        var left = Math.Max(70, 14 + (int)(CharacterWidth * map.Labels.Select(label => label.Length).DefaultIfEmpty(0).Max()) + 18);
        var cellWidth = (Width - left - 8) / (double)count;
        var cellHeight = Math.Min(46, cellWidth * 0.8);
        var slanted = map.Labels.Any(label => label.Length * CharacterWidth > cellWidth - 4);
        var labelRoom = slanted ? 62 : 20;
        var top = (_inPage ? 0 : TitleRow) + 22 + labelRoom;
        Open(map, (int)(top + cellHeight * count + 8));
        Text(left + cellWidth * count / 2, top - labelRoom - 6, map.XTitle, "middle", TextColour, 12.5);
        _svg.Append(CultureInfo.InvariantCulture, $"""<g transform="translate(13 {top + cellHeight * count / 2:0.#}) rotate(-90)">""");
        Text(0, 0, map.YTitle, "middle", TextColour, 12.5);
        _svg.Append("</g>");
        for (var k = 0; k < map.Labels.Count; k++)
        {
            var x = left + cellWidth * (k + 0.5);
            SlantedText(x, top - 7, map.Labels[k], slanted, "start", MutedText);
            Text(left - 8, top + cellHeight * (k + 0.5) + 4, map.Labels[k], "end", MutedText, 12);
        }

        for (var row = 0; row < map.Shades.Count; row++)
        {
            for (var column = 0; column < map.Shades[row].Count; column++)
            {
                DrawCell(map.Shades[row][column], map.Texts[row][column], left + cellWidth * column, top + cellHeight * row, cellWidth, cellHeight);
            }
        }

        _svg.Append("</svg>");
    }

    private void DrawCell(double shade, string text, double x, double y, double width, double height)
    {
        var strength = double.IsFinite(shade) ? Math.Min(1, Math.Abs(shade)) : 0;
        var fill = shade < 0 ? _inPage ? "var(--heat-opposite)" : Palette.HeatOpposite : _inPage ? "var(--heat)" : Palette.Heat;
        _svg.Append(CultureInfo.InvariantCulture, $"""<rect x="{x:0.#}" y="{y:0.#}" width="{width - 2:0.#}" height="{height - 2:0.#}" rx="2" fill="{Grid}" fill-opacity="0.5"/><rect x="{x:0.#}" y="{y:0.#}" width="{width - 2:0.#}" height="{height - 2:0.#}" rx="2" fill="{fill}" fill-opacity="{strength:0.##}"/>""");
        Text(x + width / 2 - 1, y + height / 2 + 3.5, text, "middle", strength > Palette.StrongHeat ? _inPage ? "var(--on-strong-heat)" : Palette.OnStrongHeat : _inPage ? "var(--on-weak-heat)" : Palette.OnWeakHeat, width < 50 ? 10.5 : 12.5);
    }

    private void Open(Chart chart, int height)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" aria-label="{Escape(chart.Description)}" font-family="{(_inPage ? "inherit" : "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif")}">""");
        if (!_inPage)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"""<rect width="{Width}" height="{height}" fill="{Palette.Ground}"/>""");
            _svg.Append(CultureInfo.InvariantCulture, $"""<text x="10" y="19" font-size="14" font-weight="600" fill="{Palette.Text}">{Escape(chart.Title)}</text>""");
        }
    }

    private void Text(double x, double y, string text, string anchor, string fill, double size) =>
        _svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}" fill="{fill}" font-size="{size:0.#}">{Escape(text)}</text>""");

    private void SlantedText(double x, double y, string text, bool slanted, string slantedAnchor, string fill)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"""<g transform="translate({x:0.#} {y:0.#}){(slanted ? " rotate(-40)" : "")}">""");
        Text(0, 0, text, slanted ? slantedAnchor : "middle", fill, 12);
        _svg.Append("</g>");
    }

    private static List<List<Mark>> LegendRows(IReadOnlyList<Mark> marks)
    {
        var rows = new List<List<Mark>>();
        var used = double.PositiveInfinity;
        foreach (var mark in marks.Where(mark => mark.Label is not null))
        {
            var width = LegendWidth(mark);
            if (used + width > Width - Left - Right + 20)
            {
                rows.Add([]);
                used = 0;
            }

            rows[^1].Add(mark);
            used += width;
        }

        return rows;
    }

    private static double LegendWidth(Mark mark) => 34 + CharacterWidth * mark.Label!.Length + 14;

    private void DrawLegendRow(List<Mark> marks, int y)
    {
        double x = Left;
        foreach (var mark in marks)
        {
            var dash = mark is LineMark { Dashed: true } ? " stroke-dasharray=\"5 4\"" : "";
            _svg.Append(mark switch
            {
                DotMark { Ring: true } => string.Create(CultureInfo.InvariantCulture, $"""<circle cx="{x + 13:0.#}" cy="{y - 4}" r="5" fill="{GroundColour}" stroke="{Colour(mark.Ink)}" stroke-width="2.2"/>"""),
                DotMark => string.Create(CultureInfo.InvariantCulture, $"""<circle cx="{x + 13:0.#}" cy="{y - 4}" r="4.2" fill="{Colour(mark.Ink)}"/>"""),
                SpanMark span => string.Create(CultureInfo.InvariantCulture, $"""<line x1="{x + 13:0.#}" x2="{x + 13:0.#}" y1="{y - 11}" y2="{y + 3}" stroke="{Colour(mark.Ink)}" stroke-width="{Math.Min(10, span.Width)}"/>"""),
                _ => string.Create(CultureInfo.InvariantCulture, $"""<line x1="{x:0.#}" x2="{x + 26:0.#}" y1="{y - 4}" y2="{y - 4}" stroke="{Colour(mark.Ink)}" stroke-width="2.2"{dash}/>"""),
            });
            Text(x + 32, y, mark.Label!, "start", TextColour, 12.5);
            x += LegendWidth(mark);
        }
    }

    private static IReadOnlyList<ChartPoint> Finite(IReadOnlyList<ChartPoint> points, Func<double, double> x, Func<double, double> y) =>
        [.. points.Where(point => double.IsFinite(x(point.X)) && double.IsFinite(y(point.Y)))];

    private static string Hint(ChartPoint point) => point.Text is null ? "" : $"<title>{Escape(point.Text)}</title>";

    private string Colour(Ink ink) => _inPage ? $"var({Palette.Variable(ink)})" : Palette.Hex(ink);

    private string Grid => _inPage ? "var(--grid)" : Palette.Grid;

    private string TextColour => _inPage ? "var(--text)" : Palette.Text;

    private string MutedText => _inPage ? "var(--muted)" : Palette.MutedText;

    private string GroundColour => _inPage ? "var(--surface)" : Palette.Ground;

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
