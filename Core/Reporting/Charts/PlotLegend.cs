namespace ServerlessFashion.Reporting.Charts;

/// <summary>The labelled marks of a plot, in as many rows as their labels need.</summary>
internal sealed class PlotLegend
{
    private const int RowHeight = 20;
    private const int KeyWidth = 26;
    private const int LabelLeft = 32;
    private const int Gap = 16;
    private const int RowWidth = SvgChart.Width - PlotLayout.Left - PlotLayout.Right + 20;

    private readonly List<List<Mark>> _rows = [];

    public PlotLegend(IEnumerable<Mark> marks)
    {
        var used = double.PositiveInfinity;
        foreach (var mark in marks.Where(mark => mark.Label is not null))
        {
            var width = EntryWidth(mark);
            if (used + width > RowWidth)
            {
                _rows.Add([]);
                used = 0;
            }

            _rows[^1].Add(mark);
            used += width;
        }
    }

    public int Height => _rows.Count * RowHeight;

    /// <param name="baseline">Of the first row's labels.</param>
    public void Draw(SvgWriter svg, ChartTheme theme, int baseline)
    {
        foreach (var row in _rows)
        {
            double x = PlotLayout.Left;
            foreach (var mark in row)
            {
                DrawKey(svg, theme, mark, x, baseline - 4);
                svg.Text(x + LabelLeft, baseline, mark.Label!, "start", theme.Text, 12.5);
                x += EntryWidth(mark);
            }

            baseline += RowHeight;
        }
    }

    private static void DrawKey(SvgWriter svg, ChartTheme theme, Mark mark, double x, double y)
    {
        var middle = x + KeyWidth / 2.0;
        switch (mark)
        {
            case DotMark { Ring: true }:
                svg.Circle(middle, y, 5, theme.Ground, theme.Of(mark.Ink), 2.2);
                break;
            case DotMark:
                svg.Circle(middle, y, 4.2, theme.Of(mark.Ink));
                break;
            case SpanMark span:
                svg.Line(middle, middle, y - 7, y + 7, theme.Of(mark.Ink), Math.Min(10, span.Width));
                break;
            default:
                svg.Line(x, x + KeyWidth, y, y, theme.Of(mark.Ink), 2.2, mark is LineMark { Dashed: true });
                break;
        }
    }

    private static double EntryWidth(Mark mark) => LabelLeft + SvgChart.CharacterWidth * mark.Label!.Length + Gap;
}
