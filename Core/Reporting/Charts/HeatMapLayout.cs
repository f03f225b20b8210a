namespace ServerlessFashion.Reporting.Charts;

/// <summary>A heat map: column labels on top, row labels at the left, one coloured cell for each pair.</summary>
internal sealed class HeatMapLayout : IChartLayout
{
    private const int SlantedLabelHeight = 62;
    private const int LevelLabelHeight = 20;
    private const int TitleHeight = 22;
    private const int Margin = 8;
    private const int LabelSlant = -40;
    private const int CellGap = 2;
    private const double NarrowCell = 50;

    private readonly HeatMap _map;
    private readonly int _left;
    private readonly double _cellWidth;
    private readonly double _cellHeight;
    private readonly double _width;
    private readonly double _height;
    private readonly bool _slanted;
    private readonly int _labelHeight;

    public HeatMapLayout(HeatMap map)
    {
        _map = map;
        var count = Math.Max(1, map.Labels.Count);
        var longest = map.Labels.Select(label => label.Length).DefaultIfEmpty(0).Max();
        _left = Math.Max(70, 14 + (int)(SvgChart.CharacterWidth * longest) + 18);
        _cellWidth = (SvgChart.Width - _left - Margin) / (double)count;
        _slanted = map.Labels.Any(label => label.Length * SvgChart.CharacterWidth > _cellWidth - 4);
        if (_slanted)
        {
            // The last column's label rises to the right of its cell.
            var reach = map.Labels[^1].Length * SvgChart.CharacterWidth * Math.Cos(Math.PI * LabelSlant / 180);
            _cellWidth = Math.Min(_cellWidth, (SvgChart.Width - _left - reach) / (count - 0.5));
        }

        _cellHeight = Math.Min(46, _cellWidth * 0.8);
        _width = _cellWidth * count;
        _height = _cellHeight * count;
        _labelHeight = _slanted ? SlantedLabelHeight : LevelLabelHeight;
        Height = (int)(TitleHeight + _labelHeight + _height + Margin);
    }

    public int Height { get; }

    public void Draw(SvgWriter svg, ChartTheme theme, int top)
    {
        var cellsTop = top + TitleHeight + _labelHeight;
        svg.Text(_left + _width / 2, cellsTop - _labelHeight - 6, _map.XTitle, "middle", theme.Text, 12.5);
        svg.RotatedText(13, cellsTop + _height / 2, -90, _map.YTitle, "middle", theme.Text, 12.5);
        for (var k = 0; k < _map.Labels.Count; k++)
        {
            var (x, y) = (_left + _cellWidth * (k + 0.5), cellsTop + _cellHeight * (k + 0.5));
            var (slant, anchor) = _slanted ? (LabelSlant, "start") : (0, "middle");
            svg.RotatedText(x, cellsTop - 7, slant, _map.Labels[k], anchor, theme.MutedText, 12);
            svg.Text(_left - 8, y + 4, _map.Labels[k], "end", theme.MutedText, 12);
        }

        for (var row = 0; row < _map.Shades.Count; row++)
        {
            var y = cellsTop + _cellHeight * row;
            for (var column = 0; column < _map.Shades[row].Count; column++)
            {
                DrawCell(svg, theme, _map.Shades[row][column], _map.Texts[row][column], _left + _cellWidth * column, y);
            }
        }
    }

    private void DrawCell(SvgWriter svg, ChartTheme theme, double shade, string text, double x, double y)
    {
        var strength = double.IsFinite(shade) ? Math.Min(1, Math.Abs(shade)) : 0;
        var (width, height) = (_cellWidth - CellGap, _cellHeight - CellGap);
        svg.Cell(x, y, width, height, theme.Grid, 0.5);
        svg.Cell(x, y, width, height, shade < 0 ? theme.HeatOpposite : theme.Heat, strength);
        svg.Text(
            x + width / 2, y + height / 2 + 4.5, text, "middle",
            strength > Palette.StrongHeat ? theme.OnStrongHeat : theme.OnWeakHeat, _cellWidth < NarrowCell ? 10.5 : 12.5);
    }
}
