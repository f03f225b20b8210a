using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Tests.Tables;

/// <summary>The text of a table's cells, for comparison with figures worked by hand.</summary>
internal static class Texts
{
    public static string[][] Of(ReportTable table) => [.. table.Rows.Select(row => row.Cells.Select(cell => cell.Text).ToArray())];

    public static string[] Headers(ReportTable table) => [.. table.Columns.Select(column => column.Header)];
}
