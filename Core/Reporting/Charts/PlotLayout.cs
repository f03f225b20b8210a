namespace ServerlessFashion.Reporting.Charts;

/// <summary>A plot: the legend on top, the value axis at the left, the marks in a region that clips them.</summary>
internal sealed class PlotLayout : IChartLayout
{
    /// <summary>Left edge of the plot area.</summary>
    internal const int Left = 56;

    /// <summary>Room at the right of the plot area.</summary>
    internal const int Right = 16;

    private const int PlotWidth = SvgChart.Width - Left - Right;
    private const int PlotHeight = 232;
    private const int AboveLegend = 12;
    private const int AbovePlot = 10;
    private const int Bottom = 46;
    private const int SlantedLabelHeight = 34;
    private const int LabelSlant = -40;

    /// <summary>Marks may pass the edges of the plot area by this much, so that dots on the edge are whole.</summary>
    private const int Overhang = 8;

    private readonly PlotChart _chart;
    private readonly PlotLegend _legend;
    private readonly bool _slanted;

    public PlotLayout(PlotChart chart)
    {
        _chart = chart;
        _legend = new PlotLegend(chart.Marks);
        _slanted = chart.X.LabelsAreLong;
        Height = _legend.Height + AbovePlot + PlotHeight + Bottom + (_slanted ? SlantedLabelHeight : 0);
    }

    public int Height { get; }

    public void Draw(SvgWriter svg, ChartTheme theme, int top)
    {
        _legend.Draw(svg, theme, top + AboveLegend);
        var plotTop = top + _legend.Height + AbovePlot;
        DrawValueAxis(svg, theme, plotTop);
        DrawBottomAxis(svg, theme, plotTop, top + Height);
        svg.RotatedText(13, plotTop + PlotHeight / 2.0, -90, _chart.Y.Title, "middle", theme.Text, 12.5);
        svg.OpenRegion(Left, plotTop - Overhang, PlotWidth + Overhang, PlotHeight + 2 * Overhang, Overhang);
        var labels = new DotLabels(PlotWidth, PlotHeight, Overhang);
        foreach (var mark in _chart.Marks)
        {
            Draw(svg, theme, mark, labels);
        }

        svg.CloseRegion();
    }

    private void DrawValueAxis(SvgWriter svg, ChartTheme theme, int plotTop)
    {
        foreach (var tick in _chart.Y.Ticks)
        {
            var y = plotTop + Y(tick.Value);
            svg.Line(Left, SvgChart.Width - Right, y, y, theme.Grid);
            svg.Text(Left - 7, y + 4, tick.Label, "end", theme.MutedText, 12);
        }
    }

    private void DrawBottomAxis(SvgWriter svg, ChartTheme theme, int plotTop, int bottom)
    {
        var axis = plotTop + PlotHeight;
        var (slant, anchor, right, below) = _slanted ? (LabelSlant, "end", 4, 14) : (0, "middle", 0, 18);
        foreach (var tick in _chart.X.Ticks)
        {
            var x = Left + X(tick.Value);
            svg.Line(x, x, axis, axis + 4, theme.MutedText);
            svg.RotatedText(x + right, axis + below, slant, tick.Label, anchor, theme.MutedText, 12);
        }

        svg.Line(Left, SvgChart.Width - Right, axis, axis, theme.MutedText);
        svg.Text(Left + PlotWidth / 2.0, bottom - 6, _chart.X.Title, "middle", theme.Text, 12.5);
    }

    private void Draw(SvgWriter svg, ChartTheme theme, Mark mark, DotLabels labels)
    {
        switch (mark)
        {
            case LineMark line:
                DrawLine(svg, theme, line);
                break;
            case DotMark dots:
                foreach (var point in Finite(dots.Points))
                {
                    DrawDot(svg, theme, dots, point, labels);
                }

                break;
            case SpanMark spans:
                foreach (var span in spans.Spans.Where(IsFinite))
                {
                    svg.Line(X(span.X), X(span.X), Y(span.Low), Y(span.High), theme.Of(spans.Ink), spans.Width);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mark), mark, "This kind of mark cannot be drawn.");
        }
    }

    private void DrawLine(SvgWriter svg, ChartTheme theme, LineMark line)
    {
        var points = Finite(line.Points);
        svg.Polyline(points.Select(point => (X(point.X), Y(point.Y))), theme.Of(line.Ink), line.Dashed ? 1.5 : 2.2, line.Dashed);
        foreach (var point in line.Dots || points.Count == 1 ? points : [])
        {
            svg.Circle(X(point.X), Y(point.Y), 3.2, theme.Of(line.Ink), hint: point.Text);
        }
    }

    private void DrawDot(SvgWriter svg, ChartTheme theme, DotMark dots, ChartPoint point, DotLabels labels)
    {
        var (x, y) = (X(point.X), Y(point.Y));
        if (dots.Ring)
        {
            svg.Circle(x, y, 5.5, theme.Ground, theme.Of(dots.Ink), 2.4, point.Text);
            return;
        }

        svg.Circle(x, y, 4.2, theme.Of(dots.Ink), hint: point.Text);
        if (point.Text is not null)
        {
            var (textX, baseline, anchor) = labels.Place(x, y, point.Text);
            svg.Text(textX, baseline, point.Text, anchor, theme.Text, 12);
        }
    }

    private List<ChartPoint> Finite(IReadOnlyList<ChartPoint> points) =>
        [.. points.Where(point => double.IsFinite(X(point.X)) && double.IsFinite(Y(point.Y)))];

    private bool IsFinite(ChartSpan span) => double.IsFinite(X(span.X)) && double.IsFinite(Y(span.Low)) && double.IsFinite(Y(span.High));

    private double X(double value) => PlotWidth * _chart.X.Position(value);

    private double Y(double value) => PlotHeight * (1 - _chart.Y.Position(value));
}
