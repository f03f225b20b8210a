using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Reporting.Tables;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests.Tables;

/// <summary>
/// The report's tables as approved by a person, in <c>Approved/</c>. When one changes on purpose, look at the
/// <c>.received.md</c> that the failing test names and copy it over the approved file.
/// </summary>
public sealed class ReportTablesTests
{
    public static TheoryData<string> Names =>
        ["ranking", "comparison", "training", "architecture", "per-class", "pairs", "calibration", "errors", "cost", "failures"];

    [Theory]
    [MemberData(nameof(Names))]
    public void All_MadeUpRun_IsAsApproved(string name)
    {
        var run = SyntheticReport.Input(seeds: 2);
        run = run with { Failures = [new ModelFailure("resnet50", 3, "slice 2 ran out of memory")] };

        AssertApproved(name, All(run).Single(table => table.Name == name));
    }

    [Theory]
    [InlineData("pruning")]
    [InlineData("pruning-steps")]
    public void All_PrunedModels_AreAsApproved(string name) =>
        AssertApproved(name, All(SyntheticReport.Pruned()).Single(table => table.Name == name));

    [Fact]
    public void All_NothingPruned_HasNoTableOfIt() =>
        Assert.DoesNotContain(All(SyntheticReport.Input()), table => table.Name.StartsWith("pruning", StringComparison.Ordinal));

    [Fact]
    public void Comparison_Garments_ShowsNoPublishedRows() =>
        Assert.DoesNotContain(All(SyntheticReport.Input(labels: LabelScheme.Garments)).Single(table => table.Name == "comparison").Rows,
            row => row.Published);

    [Fact]
    public void Comparison_FiveLabels_PutsEachPublishedRowOverTheObtainedOne() =>
        Assert.Equal(
            [("Model 1", "published"), ("Model 1", "obtained"), ("Model 3", "published"), ("Model 3", "obtained"), ("Model 4", "published"),
                ("Model 4", "obtained"), ("ResNet50", "published"), ("ResNet50", "obtained")],
            All(SyntheticReport.Input())
                .Single(table => table.Name == "comparison").Rows.Select(row => (row.Cells[0].Text, row.Cells[1].Text)));

    [Theory]
    [InlineData(8, "8")]
    [InlineData(20, "stopped early at epoch 8 of 20")]
    public void Training_Epochs_TellWhereEarlyStoppingEndedIt(int planned, string expected)
    {
        var run = SyntheticReport.Input(epochs: 8);
        run = run with { Evaluations = [.. run.Evaluations.Select(evaluation => evaluation with { PlannedEpochs = planned })] };
        var page = ReportFiles.RenderText(ReportBuilder.Build(run), run).Single(file => file.Path == "report.md");

        Assert.All(All(run).Single(table => table.Name == "training").Rows,
            row => Assert.Equal((expected, 8.0), (row.Cells[4].Text, row.Cells[4].Value)));
        Assert.Equal(planned > 8, Encoding.UTF8.GetString(page.Content)
            .Contains("Training stopped early at epoch 8 of 20: validation no longer improved.", StringComparison.Ordinal));
    }

    private static IEnumerable<ReportTable> All(ReportInput run) => ReportTables.All(new ReportView(ReportBuilder.Build(run), run));

    private static void AssertApproved(string name, ReportTable table)
    {
        var received = $"{table.Caption}\n\n{TableText.Markdown(table)}";
        var approved = Path.Combine(AppContext.BaseDirectory, "Approved", $"{name}.md");
        var receivedPath = Path.Combine(AppContext.BaseDirectory, "Approved", $"{name}.received.md");
        Directory.CreateDirectory(Path.GetDirectoryName(receivedPath)!);
        File.WriteAllText(receivedPath, received);
        Assert.True(File.Exists(approved), $"There is no approved {name}.md; the table stands in {receivedPath}.");
        Assert.Equal(File.ReadAllText(approved), received);
    }
}
