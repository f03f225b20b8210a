using ServerlessFashion.Reporting.Tables;
using ServerlessFashion.Search;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Reporting.Tests.Tables;

/// <summary>All figures are worked by hand from the eight images of <see cref="HandmadeRun"/>.</summary>
public sealed class ResultTablesTests
{
    private static readonly ReportView View = HandmadeRun.View();

    [Fact]
    public void Ranking_ThreeModels_FollowTheStudysBestRowByValidationAccuracy()
    {
        var table = ResultTables.Ranking(View);
        var rows = Texts.Of(table);

        Assert.Equal(["Model 4 as published", "Model 4", "Model 1", "Model 3"], rows.Select(row => row[0]));
        // Wilson's interval of 9028 of 10,000 and of 7 of 8.
        Assert.Equal(["–", "0.9061", "0.9028", "0.8968 to 0.9085"], rows[0][1..5]);
        Assert.Equal(["1", "0.9000", "0.8750", "0.5291 to 0.9776"], rows[1][1..5]);
        Assert.Equal([true, false, false, false], table.Rows.Select(row => row.Published));
    }

    [Fact]
    public void Ranking_BestValues_AreMarkedInTheirColumns() => Assert.Equal(
        [(false, false), (true, true), (false, false), (false, false)],
        ResultTables.Ranking(View).Rows.Select(row => (row.Cells[2].Best, row.Cells[3].Best)));

    [Fact]
    public void Pairs_ThreeModels_HaveTheTestsOfTheComparison()
    {
        var rows = Texts.Of(ResultTables.Pairs(View));

        Assert.Equal(["Model 1", "Model 3", "3", "1", "+25.0"], rows[0][..5]);
        Assert.Equal(["0.625", "1.000", "no", "0.25"], rows[0][6..10]);
        Assert.Equal(["Model 3", "Model 4", "0", "3", "−37.5"], rows[2][..5]);
    }

    /// <summary>Model 3 and Model 4 are trials here; the section of the search has them.</summary>
    [Fact]
    public void Comparison_Search_HasTheModelWithoutItsTrials()
    {
        var input = HandmadeRun.Input();
        var trials = new[] { "model3", "model4" }.Select(name => new Trial(name, 1, new Dictionary<string, OptionValue>())).ToList();
        input = input with
        {
            Definition = input.Definition with { Configuration = input.Configuration with { Trials = trials } },
        };

        var rows = Texts.Of(ResultTables.Comparison(new ReportView(ReportBuilder.Build(input), input)));

        Assert.Equal(["Model 1", "Model 1"], rows.Select(row => row[0]));
    }

    /// <summary>96 s over 2 epochs of 48,000 images are 1000 µs for each; the study published 149 µs.</summary>
    [Fact]
    public void Comparison_Model4_HasPublishedAndObtainedRows()
    {
        var rows = Texts.Of(ResultTables.Comparison(View));

        Assert.Equal(["Model 4", "published", "3 min 40 s", "149 µs", "0.9246", "0.9061", "0.9028", "0.1894", "0.2466"], rows[4]);
        Assert.Equal(["Model 4", "obtained", "1 min 36 s", "1,000 µs", "0.9500", "0.9000", "0.8750", "0.2000", "0.3000"], rows[5]);
    }
}
