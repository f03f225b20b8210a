using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting.Tables;

/// <summary>A table that can be written as HTML, Markdown, CSV and LaTeX.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Caption">What the table shows.</param>
internal sealed record ReportTable(string Name, string Caption, IReadOnlyList<Column> Columns, IReadOnlyList<Row> Rows);

/// <param name="Numeric">Right-aligned.</param>
internal sealed record Column(string Header, bool Numeric = true);

/// <param name="Published">True for a row of the study.</param>
internal sealed record Row(IReadOnlyList<Cell> Cells, bool Published = false);

/// <param name="Text">The text for people.</param>
/// <param name="Value">The value for CSV; null to use the text.</param>
/// <param name="Best">True to set the cell in bold.</param>
internal sealed record Cell(string Text, double? Value = null, bool Best = false)
{
    public static implicit operator Cell(string text) => new(text);

    /// <summary>A share with four decimals.</summary>
    public static Cell Share(double? value, bool best = false) => value is { } share ? new(Wording.Share(share), share, best) : new("–");

    /// <summary>Mean and, with more than one seed, standard deviation.</summary>
    public static Cell Share(ModelGroup group, Func<ModelReport, double> value, bool best = false) =>
        group.Seeds.Count == 1
            ? Share(value(group.First), best)
            : new($"{Wording.Share(group.Mean(value))} ± {Wording.Share(group.Deviation(value))}", group.Mean(value), best);

    /// <summary>A model's title, with a note where it was trained with more than the five labels.</summary>
    public static Cell Model(ModelGroup group) => group.First.SideInformation ? $"{group.Title} (with side information)" : group.Title;

    public static Cell Interval(Interval interval) => $"{Wording.Share(interval.Low)} to {Wording.Share(interval.High)}";

    public static Cell Percent(double value) => new(Wording.Percent(value), value);

    public static Cell Count(long value) => new(Wording.Count(value), value);

    public static Cell Number(double value, string format, bool best = false) => new(Wording.Number(value, format), value, best);

    public static Cell P(double value) => new(Wording.PValue(value), value);

    public static Cell Seconds(double value) => new(Wording.Duration(value), value);
}
