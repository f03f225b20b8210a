using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ServerlessFashion.Reporting.Charts;

/// <summary>
/// Draws a chart as a PNG with ScottPlot, in the light colours and with a bundled font, so it needs no font of the machine.
/// </summary>
public static class PngChart
{
    private const int Width = 960;
    private const int PlotHeight = 600;
    private const int MapHeight = 720;
    private const double TextOnLeftFrom = 0.7;
    private const string FontName = "ServerlessFashion DejaVu Sans";

    static PngChart() => Fonts.FontResolvers.Insert(0, new ShippedFont());

    public static byte[] Render(Chart chart)
    {
        using var plot = new Plot();
        plot.Font.Set(FontName);
        plot.ScaleFactor = 1.7;
        plot.Title(chart.Title);
        plot.Axes.Title.Label.Bold = false;
        plot.Axes.Title.Label.FontSize = 13;
        plot.FigureBackground.Color = Color.FromHex(Palette.Ground);
        plot.Axes.Left.MinimumSize = 62;
        plot.Axes.Right.MinimumSize = 24;
        plot.Axes.Color(Color.FromHex(Palette.MutedText));
        plot.Grid.MajorLineColor = Color.FromHex(Palette.Grid);
        switch (chart)
        {
            case PlotChart marks:
                Add(plot, marks);
                return plot.GetImageBytes(Width, PlotHeight, ImageFormat.Png);
            case HeatMap map:
                Add(plot, map);
                return plot.GetImageBytes(Width, MapHeight, ImageFormat.Png);
            default:
                throw new ArgumentOutOfRangeException(nameof(chart), chart, "A chart kind that cannot be drawn.");
        }
    }

    private static void Add(Plot plot, PlotChart chart)
    {
        foreach (var mark in chart.Marks)
        {
            Add(plot, mark, value => Coordinate(chart.X, value), value => Coordinate(chart.Y, value), value => chart.X.Position(value) > TextOnLeftFrom);
        }

        SetAxis(plot.Axes.Bottom, chart.X);
        if (chart.X.LabelsAreLong)
        {
            SlantBottomLabels(plot);
        }

        SetAxis(plot.Axes.Left, chart.Y);
        plot.Axes.SetLimits(Coordinate(chart.X, chart.X.Low), Coordinate(chart.X, chart.X.High), Coordinate(chart.Y, chart.Y.Low), Coordinate(chart.Y, chart.Y.High));
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        if (chart.Marks.Any(mark => mark.Label is not null))
        {
            plot.Legend.FontSize = 11;
            plot.Legend.OutlineWidth = 0;
            plot.Legend.ShadowColor = Colors.Transparent;
            plot.Legend.Orientation = Orientation.Horizontal;
            plot.ShowLegend(Edge.Bottom);
        }
        else
        {
            plot.HideLegend();
        }
    }

    private static void Add(Plot plot, Mark mark, Func<double, double> x, Func<double, double> y, Func<double, bool> onLeft)
    {
        var colour = Color.FromHex(Palette.Hex(mark.Ink));
        switch (mark)
        {
            case LineMark line:
                var points = Finite(line.Points, x, y);
                if (points.Length > 0 || line.Label is not null)
                {
                    var scatter = plot.Add.Scatter(points.Select(p => p.X).ToArray(), points.Select(p => p.Y).ToArray(), colour);
                    scatter.LineWidth = line.Dashed ? 1.2f : 1.9f;
                    scatter.LinePattern = line.Dashed ? LinePattern.Dashed : LinePattern.Solid;
                    scatter.MarkerSize = line.Dots || points.Length == 1 ? 5 : 0;
                    scatter.LegendText = line.Label ?? "";
                }

                break;
            case DotMark dots:
                AddDots(plot, dots, x, y, onLeft, colour);
                break;
            case SpanMark spans:
                foreach (var span in spans.Spans.Where(s => double.IsFinite(x(s.X)) && double.IsFinite(y(s.Low)) && double.IsFinite(y(s.High))))
                {
                    var line = plot.Add.Line(x(span.X), y(span.Low), x(span.X), y(span.High));
                    line.LineWidth = (float)spans.Width;
                    line.LineColor = colour;
                    line.LegendText = span == spans.Spans[0] ? spans.Label ?? "" : "";
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mark), mark, "A mark that cannot be drawn.");
        }
    }

    private static void AddDots(Plot plot, DotMark dots, Func<double, double> x, Func<double, double> y, Func<double, bool> onLeft, Color colour)
    {
        var points = Finite(dots.Points, x, y);
        if (points.Length == 0)
        {
            return;
        }

        var markers = plot.Add.Markers(points.Select(p => p.X).ToArray(), points.Select(p => p.Y).ToArray(), dots.Ring ? MarkerShape.OpenCircle : MarkerShape.FilledCircle, dots.Ring ? 11 : 7, colour);
        markers.LegendText = dots.Label ?? "";
        markers.MarkerLineWidth = dots.Ring ? 2 : 0;
        if (!dots.Ring)
        {
            foreach (var (point, source) in points.Zip(dots.Points).Where(pair => pair.Second.Text is not null))
            {
                var text = plot.Add.Text(source.Text!, point.X, point.Y);
                text.LabelFontColor = Color.FromHex(Palette.Text);
                text.LabelFontSize = 11;
                text.OffsetX = onLeft(source.X) ? -8 : 8;
                text.LabelAlignment = onLeft(source.X) ? Alignment.MiddleRight : Alignment.MiddleLeft;
            }
        }
    }

    private static void Add(Plot plot, HeatMap map)
    {
        var count = map.Labels.Count;
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < count; column++)
            {
                var shade = map.Shades[row][column];
                var strength = double.IsFinite(shade) ? Math.Min(1, Math.Abs(shade)) : 0;
                var y = count - 1 - row;
                var cell = plot.Add.Rectangle(column + 0.02, column + 0.98, y + 0.02, y + 0.98);
                cell.FillColor = Color.FromHex(Palette.Blend(shade < 0 ? Palette.HeatOpposite : Palette.Heat, strength));
                cell.LineColor = Color.FromHex(Palette.Grid);
                var text = plot.Add.Text(map.Texts[row][column], column + 0.5, y + 0.5);
                text.LabelAlignment = Alignment.MiddleCenter;
                text.LabelFontSize = count > 6 ? 9 : 12;
                text.LabelFontColor = Color.FromHex(strength > Palette.StrongHeat ? Palette.OnStrongHeat : Palette.OnWeakHeat);
            }
        }

        var ticks = Enumerable.Range(0, count).Select(k => k + 0.5).ToArray();
        plot.Axes.Bottom.TickGenerator = new NumericManual(ticks, [.. map.Labels]);
        plot.Axes.Left.TickGenerator = new NumericManual(ticks, [.. map.Labels.Reverse()]);
        if (count > 6)
        {
            SlantBottomLabels(plot);
        }

        plot.Axes.Bottom.Label.Text = map.XTitle;
        plot.Axes.Left.Label.Text = map.YTitle;
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.Label.FontSize = plot.Axes.Left.Label.FontSize = 12;
        plot.Axes.SetLimits(0, Math.Max(1, count), 0, Math.Max(1, count));
        plot.HideGrid();
        plot.HideLegend();
    }

    private static void SlantBottomLabels(Plot plot)
    {
        plot.Axes.Bottom.TickLabelStyle.Rotation = 30;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
        plot.Axes.Bottom.MinimumSize = 75;
        plot.Axes.Right.MinimumSize = 50;
    }

    private static void SetAxis(IAxis axis, Axis from)
    {
        axis.Label.Text = from.Title;
        axis.Label.Bold = false;
        axis.Label.FontSize = 12;
        axis.TickGenerator = new NumericManual([.. from.Ticks.Select(tick => Coordinate(from, tick.Value))], [.. from.Ticks.Select(tick => tick.Label)]);
    }

    private static double Coordinate(Axis axis, double value) => axis.Logarithmic ? Math.Log10(value) : value;

    private static (double X, double Y)[] Finite(IReadOnlyList<ChartPoint> points, Func<double, double> x, Func<double, double> y) =>
        [.. points.Select(point => (X: x(point.X), Y: y(point.Y))).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];

    /// <summary>DejaVu Sans, read once from the assembly.</summary>
    private sealed class ShippedFont : IFontResolver
    {
        private static readonly SKTypeface Typeface = Load();

        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            fontName == FontName ? Typeface : null;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == FontName ? Typeface : null;

        private static SKTypeface Load()
        {
            using var stream = typeof(PngChart).Assembly.GetManifestResourceStream("DejaVuSans.ttf")
                ?? throw new InvalidOperationException("The assembly lacks its font DejaVuSans.ttf.");
            return SKTypeface.FromStream(stream);
        }
    }
}
