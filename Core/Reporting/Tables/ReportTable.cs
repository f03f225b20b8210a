using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Reporting.Tables;

/// <summary>A table that can be written as HTML, Markdown, CSV and LaTeX.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Caption">What the table shows.</param>
internal sealed record ReportTable(string Name, string Caption, IReadOnlyList<Column> Columns, IReadOnlyList<Row> Rows);

/// <param name="Numeric">Right-aligned.</param>
internal sealed record Column(string Header, bool Numeric = true)
{
    /// <summary>
    /// Headers in the CSV file, in ASCII and with their unit: one for each value of the column's cells. The default value is the header.
    /// </summary>
    public IReadOnlyList<string> Fields { get; init; } = [Header];

    /// <summary>Means of shares or losses over seeds, see <see cref="Cell.Share(ModelGroup, Func{ModelReport, double}, bool)"/>.</summary>
    public static Column Mean(string header) => new(header) { Fields = [header, $"{header} sd"] };

    /// <summary>Intervals of <paramref name="what"/>.</summary>
    public static Column Interval(string header, string what) => new(header) { Fields = [$"{what} low", $"{what} high"] };

    /// <summary>Intervals of differences in points.</summary>
    public static Column PointsInterval(string header, string what) =>
        new(header) { Fields = [$"{what} low, points", $"{what} high, points"] };

    public static Column Seconds(string header) => new(header) { Fields = [$"{header}, s"] };

    /// <summary>Percentages, which a file holds as shares 0..1.</summary>
    public static Column Percent(string header) => new(header) { Fields = [$"{header}, share"] };

    /// <summary>A header that a file writes otherwise.</summary>
    public static Column Named(string header, string field) => new(header) { Fields = [field] };
}

/// <param name="Published">True for a row of the study.</param>
internal sealed record Row(IReadOnlyList<Cell> Cells, bool Published = false);

/// <param name="Text">The text for people.</param>
/// <param name="Value">The value for CSV, in full precision; null to use the text.</param>
/// <param name="Best">True to set the cell in bold.</param>
internal sealed record Cell(string Text, double? Value = null, bool Best = false)
{
    /// <summary>The text of a cell without a value; it is empty in CSV.</summary>
    public const string None = "–";

    /// <summary>Digits after the point that a difference of shares keeps in points: the product with 100 is exact no further.</summary>
    private const int PointDigits = 12;

    /// <summary>The values of the column's further <see cref="Column.Fields"/>.</summary>
    public IReadOnlyList<double?> More { get; init; } = [];

    public static implicit operator Cell(string text) => new(text);

    /// <summary>A share with four decimals.</summary>
    public static Cell Share(double? value, bool best = false) => value is { } share ? new(Wording.Share(share), share, best) : new(None);

    /// <summary>Mean and, with more than one seed, standard deviation.</summary>
    public static Cell Share(ModelGroup group, Func<ModelReport, double> value, bool best = false) =>
        group.Seeds.Count == 1
            ? Share(value(group.First), best)
            : new($"{Wording.Share(group.Mean(value))} ± {Wording.Share(group.Deviation(value))}", group.Mean(value), best)
            {
                More = [group.Deviation(value)],
            };

    /// <summary>A model's title, with a note where it was trained with more than the five labels.</summary>
    public static Cell Model(ModelGroup group) => group.First.SideInformation ? $"{group.Title} (with side information)" : group.Title;

    public static Cell Interval(Interval interval) =>
        new($"{Wording.Share(interval.Low)} to {Wording.Share(interval.High)}", interval.Low) { More = [interval.High] };

    /// <summary>A difference of shares in points, in the file too.</summary>
    public static Cell Points(double difference) => new(Wording.Points(difference), InPoints(difference));

    public static Cell Points(Interval interval) => new(Wording.Points(interval), InPoints(interval.Low))
    {
        More = [InPoints(interval.High)],
    };

    public static Cell Percent(double value) => new(Wording.Percent(value), value);

    public static Cell Count(long value) => new(Wording.Count(value), value);

    public static Cell Number(double value, string format, bool best = false) => new(Wording.Number(value, format), value, best);

    public static Cell P(double value) => new(Wording.PValue(value), value);

    public static Cell Seconds(double value) => new(Wording.Duration(value), value);

    private static double InPoints(double difference) => Math.Round(100 * difference, PointDigits);
}
