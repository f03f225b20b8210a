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
        Assert.Equal("Name,Value\r\n\"a, \"\"b\"\"\",0.90281234\r\n'=1+1 | x,–\r\n", TableText.Csv(Awkward));

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
