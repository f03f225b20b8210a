using System.Buffers;
using System.Globalization;
using System.Text;
using ServerlessFashion.Data;

namespace ServerlessFashion.Reporting.Tables;

/// <summary>Writes a table for other programs: CSV (RFC 4180, full precision, one value a column), LaTeX (booktabs) and Markdown.</summary>
internal static class TableText
{
    /// <summary>Digits that a number must lose to count as short; chance alone takes off four in one of 1,000 numbers.</summary>
    private const int DigitsOfNoise = 5;

    public static string Csv(ReportTable table)
    {
        var text = new ArrayBufferWriter<byte>();
        var rows = new CsvWriter(text, newLine: "\r\n");
        foreach (var column in table.Columns)
        {
            foreach (var field in column.Fields)
            {
                rows.Add(NoFormula(field));
            }
        }

        rows.EndRow();
        foreach (var row in table.Rows)
        {
            foreach (var (column, cell) in table.Columns.Zip(row.Cells))
            {
                Add(rows, cell.Value, cell.Text == Cell.None ? "" : cell.Text);
                for (var further = 1; further < column.Fields.Count; further++)
                {
                    Add(rows, cell.More.ElementAtOrDefault(further - 1), "");
                }
            }

            rows.EndRow();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static string Latex(ReportTable table)
    {
        var alignment = string.Concat(table.Columns.Select(column => column.Numeric ? 'r' : 'l'));
        var text = new StringBuilder();
        text.Append("% needs \\usepackage{booktabs}\n\\begin{table}\n\\centering\n")
            .Append(CultureInfo.InvariantCulture, $"\\caption{{{Tex(table.Caption)}}}\n\\label{{tab:{table.Name}}}\n")
            .Append(CultureInfo.InvariantCulture, $"\\begin{{tabular}}{{{alignment}}}\n\\toprule\n")
            .AppendJoin(" & ", table.Columns.Select(column => Tex(column.Header))).Append(" \\\\\n\\midrule\n");
        foreach (var row in table.Rows)
        {
            text.AppendJoin(" & ", row.Cells.Select(cell => cell.Best ? $"\\textbf{{{Tex(cell.Text)}}}" : Tex(cell.Text)))
                .Append(" \\\\\n");
        }

        return text.Append("\\bottomrule\n\\end{tabular}\n\\end{table}\n").ToString();
    }

    public static string Markdown(ReportTable table)
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", table.Columns.Select(column => EscapeMarkdown(column.Header))).Append(" |\n");
        text.Append('|').AppendJoin('|', table.Columns.Select(column => column.Numeric ? "---:" : "---")).Append("|\n");
        foreach (var row in table.Rows)
        {
            var cells = row.Cells.Select(cell => cell.Best ? $"**{EscapeMarkdown(cell.Text)}**" : EscapeMarkdown(cell.Text));
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>Escapes text, so a Markdown reader shows it literally.</summary>
    public static string EscapeMarkdown(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '|' or '*' or '_' or '`' or '[' or ']' or '\\' => $"\\{c}",
                '\n' or '\r' => " ",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    private static void Add(CsvWriter rows, double? value, string text)
    {
        if (value is { } number)
        {
            rows.Add(number, IsRoundingNoise(number) ? "G15" : "R");
        }
        else
        {
            rows.Add(NoFormula(text));
        }
    }

    /// <summary>
    /// True if the last digits are those of a rounding error: without the last two of its 17 digits the number is much shorter, as
    /// 102.49999999999999 is 102.5.
    /// </summary>
    private static bool IsRoundingNoise(double number) =>
        number.ToString("G15", CultureInfo.InvariantCulture).Length + DigitsOfNoise
        <= number.ToString("R", CultureInfo.InvariantCulture).Length;

    /// <summary>Puts an apostrophe before text that a spreadsheet would run as a formula.</summary>
    private static string NoFormula(string text) => text.Length > 1 && text[0] is '=' or '+' or '@' ? $"'{text}" : text;

    private static string Tex(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{c}",
                '\\' => "\\textbackslash{}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '<' => "$<$",
                '>' => "$>$",
                '±' => "$\\pm$",
                '×' => "$\\times$",
                '−' => "$-$",
                '–' => "--",
                'µ' => "$\\mu$",
                'κ' => "$\\kappa$",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
