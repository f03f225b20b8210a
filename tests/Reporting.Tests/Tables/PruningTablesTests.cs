using ServerlessFashion.Reporting.Tables;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests.Tables;

public sealed class PruningTablesTests
{
    private static readonly ReportInput Run = SyntheticReport.Pruned();

    private static readonly ReportView View = new(ReportBuilder.Build(Run), Run);

    /// <summary>
    /// By hand: 845,008 of 3,379,104 kernel weights, 3.25 of 13 MB, 7 of 28 million multiplications, 1.6 of 4 s for 400 images.
    /// </summary>
    [Fact]
    public void Pruned_SlimModel_StandsBelowTheDenseOneWithItsRatios()
    {
        var rows = Texts.Of(PruningTables.Pruned(View));

        Assert.Equal(["Model 4", "Model 4 pruned", "Model 4 slim"], rows.Select(row => row[0]));
        Assert.Equal(["3,379,104", "3,383,589", "13.0", "28.0", "10,000"], rows[0][1..6]);
        Assert.Equal(["845,008 (0.25)", "845,897 (0.25)", "3.3 (0.25)", "7.0 (0.25)", "4,000 (0.40)"], rows[2][1..6]);
        Assert.Equal(["–", "0.0", "0.0"], rows.Select(row => row[8]));
    }

    /// <summary>By hand from the histories of <see cref="SyntheticReport.Pruned"/>: best .85 before, .84 and .83 after the cuts.</summary>
    [Fact]
    public void Steps_PrunedModel_ComparesEachCutWithTheWholeNetwork()
    {
        var rows = Texts.Of(PruningTables.Steps(View)).Where(row => row[0] == "Model 4 pruned").ToArray();

        Assert.Equal(["0.0 %", "78.7 %", "90.0 %"], rows.Select(row => row[1]));
        Assert.Equal(["0.8500", "0.8400", "0.8300"], rows.Select(row => row[5]));
        Assert.Equal(["0.0", "−1.0", "−2.0"], rows.Select(row => row[6]));
    }
}
