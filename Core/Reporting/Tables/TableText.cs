using System.Globalization;
using System.Text;

namespace ServerlessFashion.Reporting.Tables;

/// <summary>Writes a table for other programs: CSV (RFC 4180, full precision), LaTeX (booktabs) and Markdown.</summary>
public static class TableText
{
    public static string Csv(ReportTable table)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns.Select(column => Quote(column.Header))).Append("\r\n");
        foreach (var row in table.Rows)
        {
            text.AppendJoin(',', row.Cells.Select(cell => Quote(cell.Value?.ToString("R", CultureInfo.InvariantCulture) ?? cell.Text))).Append("\r\n");
        }

        return text.ToString();
    }

    public static string Latex(ReportTable table)
    {
        var text = new StringBuilder();
        text.Append("% needs \\usepackage{booktabs}\n\\begin{table}\n\\centering\n")
            .Append(CultureInfo.InvariantCulture, $"\\caption{{{Tex(table.Caption)}}}\n\\label{{tab:{table.Name}}}\n")
            .Append(CultureInfo.InvariantCulture, $"\\begin{{tabular}}{{{string.Concat(table.Columns.Select(column => column.Numeric ? 'r' : 'l'))}}}\n\\toprule\n")
            .AppendJoin(" & ", table.Columns.Select(column => Tex(column.Header))).Append(" \\\\\n\\midrule\n");
        foreach (var row in table.Rows)
        {
            text.AppendJoin(" & ", row.Cells.Select(cell => cell.Best ? $"\\textbf{{{Tex(cell.Text)}}}" : Tex(cell.Text))).Append(" \\\\\n");
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
            text.Append("| ").AppendJoin(" | ", row.Cells.Select(cell => cell.Best ? $"**{EscapeMarkdown(cell.Text)}**" : EscapeMarkdown(cell.Text))).Append(" |\n");
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

    /// <summary>
    /// Quotes a field if RFC 4180 requires it. Text that a spreadsheet would execute as a formula gets a leading apostrophe.
    /// </summary>
    private static string Quote(string text)
    {
        var safe = text.Length > 1 && text[0] is '=' or '+' or '@' ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

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
