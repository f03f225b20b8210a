using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessFashion.Reporting.Tables;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests.Tables;

/// <summary>Every CSV table of a run with several seeds and of a run with pruned models, as a program reads it.</summary>
public sealed partial class MachineTablesTests
{
    public static TheoryData<string, ReportInput> Runs => new()
    {
        { "two seeds", SyntheticReport.Input(seeds: 2) },
        { "one seed", SyntheticReport.Input() },
        { "pruned", SyntheticReport.Pruned() },
    };

    [Theory]
    [MemberData(nameof(Runs), DisableDiscoveryEnumeration = true)]
    public void Csv_AnyTable_HasUniqueAsciiHeadersAndOneValueAColumn(string name, ReportInput run)
    {
        foreach (var table in ReportTables.All(new ReportView(ReportBuilder.Build(run), run)))
        {
            var fields = table.Columns.SelectMany(column => column.Fields).ToArray();
            Assert.Equal(fields.Distinct(), fields);
            Assert.All(fields, field => Assert.True(field.All(char.IsAscii), $"{name}: {table.Name}, column {field}"));
            Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Cells.Count));
            var cells = table.Rows.SelectMany(row => table.Columns.Zip(row.Cells));
            foreach (var (column, cell) in cells.Where(pair => pair.Second.Value is null))
            {
                // What has no value is a name, a shape or nothing; it is no figure in words.
                Assert.True(
                    !column.Numeric || cell.Text is Cell.None or "" || cell.Text.StartsWith('('),
                    $"{name}: {table.Name}, column {column.Header}: {cell.Text}");
                Assert.DoesNotMatch(FigureWithUnit(), cell.Text);
            }
        }
    }

    /// <summary>.807 is 1 - .193 but for a rounding error, which used to be printed.</summary>
    [Theory]
    [MemberData(nameof(Runs), DisableDiscoveryEnumeration = true)]
    public void Csv_ErrorRate_IsTheQuotientOfItsCounts(string _, ReportInput run)
    {
        var lines = TableText.Csv(ErrorTables.Errors(new ReportView(ReportBuilder.Build(run), run))).TrimEnd().Split("\r\n").Skip(1);

        Assert.All(lines.Select(line => line.Split(',')), row => Assert.Equal(
            (int.Parse(row[1], CultureInfo.InvariantCulture) / 400.0).ToString("R", CultureInfo.InvariantCulture),
            row[2]));
    }

    [GeneratedRegex(@"^[−+-]?\d[\d.,]* (s|min|h|µs|%|±|to)\b")]
    private static partial Regex FigureWithUnit();
}
