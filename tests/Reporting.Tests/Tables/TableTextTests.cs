using ServerlessFashion.Evaluation;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Tests.Tables;

public sealed class TableTextTests
{
    private static readonly ReportTable Awkward = new("awkward", "50 % of A_1 & B", [new("Name", Numeric: false), new("Value")],
    [
        new Row(["a, \"b\"", new Cell("0.9028", 0.90281234, Best: true)]),
        new Row(["=1+1 | x", new Cell("–", null)]),
    ]);

    [Fact]
    public void Csv_AwkwardText_IsQuotedFullPrecisionAndNoFormula() =>
        Assert.Equal("Name,Value\r\n\"a, \"\"b\"\"\",0.90281234\r\n'=1+1 | x,\r\n", TableText.Csv(Awkward));

    /// <summary>One value a column, in points where the header says points, with an ASCII minus, and empty where there is none.</summary>
    [Fact]
    public void Csv_CellsOfSeveralValues_AreOneColumnEach()
    {
        var table = new ReportTable("machine", "", [
            new("Model", Numeric: false), Column.Mean("Accuracy"), Column.Interval("95 % interval", "Accuracy"), Column.Seconds("Time"),
            new("Difference, points"), Column.PointsInterval("Interval, points", "Difference"),
        ],
        [
            new Row(
            [
                "a", Cell.Share(.807), Cell.Interval(new Interval(.25, .75)), Cell.Seconds(89), Cell.Points(-.083),
                Cell.Points(new Interval(-.138, .021)),
            ]),
            new Row(["b", Cell.Share(null), Cell.None, Cell.None, Cell.None, Cell.None]),
        ]);

        Assert.Equal(
            "Model,Accuracy,Accuracy sd,Accuracy low,Accuracy high,\"Time, s\",\"Difference, points\",\"Difference low, points\","
            + "\"Difference high, points\"\r\na,0.807,,0.25,0.75,89,-8.3,-13.8,2.1\r\nb,,,,,,,,\r\n",
            TableText.Csv(table));
    }

    /// <summary>Decimal by hand; 1 / 3 and 1e-17 have all their digits.</summary>
    [Theory]
    [InlineData(1 - .193, "0.807")]
    [InlineData(102.49999999999999, "102.5")]
    [InlineData(.30000000000000004, "0.3")]
    [InlineData(1 / 3.0, "0.3333333333333333")]
    [InlineData(0.9084522704945903, "0.9084522704945903")]
    [InlineData(1e-17, "1E-17")]
    public void Csv_Number_HasFullPrecisionButNoRoundingError(double value, string expected) => Assert.Equal(
        $"x\r\n{expected}\r\n", TableText.Csv(new ReportTable("t", "", [new Column("x")], [new Row([new Cell("", value)])])));

    [Fact]
    public void Markdown_AwkwardText_IsEscaped() =>
        Assert.Equal("| Name | Value |\n|---|---:|\n| a, \"b\" | **0.9028** |\n| =1+1 \\| x | – |\n", TableText.Markdown(Awkward));

    [Fact]
    public void Latex_AwkwardText_IsEscaped() => Assert.Equal(
        """
        % needs \usepackage{booktabs}
        \begin{table}
        \centering
        \caption{50 \% of A\_1 \& B}
        \label{tab:awkward}
        \begin{tabular}{lr}
        \toprule
        Name & Value \\
        \midrule
        a, "b" & \textbf{0.9028} \\
        =1+1 | x & -- \\
        \bottomrule
        \end{tabular}
        \end{table}

        """,
        TableText.Latex(Awkward));

    [Fact]
    public void EscapeMarkdown_Markup_IsText() =>
        Assert.Equal("&lt;b&gt; \\*x\\* \\[a\\](b) &amp;", TableText.EscapeMarkdown("<b> *x* [a](b) &"));
}
