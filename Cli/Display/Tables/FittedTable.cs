using Spectre.Console;
using Spectre.Console.Rendering;

namespace ServerlessFashion.Cli.Display.Tables;

/// <summary>
/// A table that leaves out columns where the terminal is too narrow for all of them: those with the highest rank first, and of several
/// with the same rank the last.
/// </summary>
internal sealed class FittedTable
{
    /// <summary>A column that wraps its cells is not made narrower than this.</summary>
    private const int NarrowestWrapped = 14;

    private readonly List<Column> _columns = [];
    private readonly List<Cell[]> _rows = [];

    private sealed record Column(string Title, int Rank, bool IsNumber, bool Wraps);

    /// <summary>Adds a column.</summary>
    /// <param name="rank">0 to keep the column at any width; otherwise, the higher the sooner it is left out.</param>
    public FittedTable Text(string title, int rank = 0) => Add(new Column(title, rank, IsNumber: false, Wraps: false));

    /// <summary>Adds a column whose long cells may take several lines.</summary>
    /// <inheritdoc cref="Text"/>
    public FittedTable LongText(string title, int rank = 0) => Add(new Column(title, rank, IsNumber: false, Wraps: true));

    /// <summary>Adds a column that is aligned to the right.</summary>
    /// <inheritdoc cref="Text"/>
    public FittedTable Number(string title, int rank = 0) => Add(new Column(title, rank, IsNumber: true, Wraps: false));

    /// <summary>Adds a row with a cell for each column.</summary>
    public void AddRow(params Cell[] cells) => _rows.Add(cells);

    /// <summary>The titles of the columns that a table of this width leaves out.</summary>
    public IReadOnlyList<string> LeftOut(int width, bool isFramed) =>
        [.. _columns.Where((_, index) => !Chosen(width, isFramed).Contains(index)).Select(column => column.Title)];

    /// <summary>The table with the columns that fit.</summary>
    /// <param name="border">The frame; null for columns with spaces between them.</param>
    public IRenderable Render(int width, TableBorder? border)
    {
        var chosen = Chosen(width, border is not null);
        var table = new Table { Border = border ?? TableBorder.None };
        foreach (var index in chosen)
        {
            var column = new TableColumn(new Text(_columns[index].Title) { Overflow = Overflow.Crop })
            {
                NoWrap = !_columns[index].Wraps,
                Alignment = _columns[index].IsNumber ? Justify.Right : Justify.Left,
            };
            table.AddColumn(border is null ? column.Padding(0, 0, 2, 0) : column);
        }

        foreach (var row in _rows)
        {
            table.AddRow(chosen.Select(index => new Text(row[index].Text, row[index].Style)
            {
                Overflow = _columns[index].Wraps ? Overflow.Fold : Overflow.Crop,
            }));
        }

        return table;
    }

    /// <summary>Whether the columns that no width leaves out fit.</summary>
    public bool Fits(int width, bool isFramed) => Width(Chosen(width, isFramed), isFramed) <= width;

    private FittedTable Add(Column column)
    {
        _columns.Add(column);
        return this;
    }

    private List<int> Chosen(int width, bool isFramed)
    {
        var chosen = Enumerable.Range(0, _columns.Count).ToList();
        while (Width(chosen, isFramed) > width && chosen.Where(index => _columns[index].Rank > 0).ToList() is { Count: > 0 } spare)
        {
            chosen.Remove(spare.MaxBy(index => (_columns[index].Rank, index)));
        }

        return chosen;
    }

    private int Width(List<int> chosen, bool isFramed) =>
        chosen.Sum(Width) + (isFramed ? (3 * chosen.Count) + 1 : 2 * chosen.Count);

    private int Width(int index)
    {
        var column = _columns[index];
        var widest = _rows.Select(row => row[index].Text.Length).Append(column.Title.Length).Max();
        return column.Wraps ? Math.Min(widest, NarrowestWrapped) : widest;
    }
}
