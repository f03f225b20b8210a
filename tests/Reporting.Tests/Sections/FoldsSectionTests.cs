using ServerlessFashion.Evaluation;
using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Tests.Sections;

/// <summary>Three folds of Model 1 with the validation accuracies .7, .8 and .9: mean .8, sample standard deviation .1.</summary>
public sealed class FoldsSectionTests
{
    [Fact]
    public void Of_ThreeFolds_HasTheirAccuraciesMeanAndDeviation()
    {
        var table = Assert.Single(SectionsOf.Blocks<TableBlock>(FoldsSection.Of(View(Model1)))).Table;

        Assert.Equal(["Fold", "Model 1"], table.Columns.Select(column => column.Header));
        Assert.Equal(
            ["1: 0.7000", "2: 0.8000", "3: 0.9000", "Mean: 0.8000", "Standard deviation: 0.1000"], table.Rows.Select(Line));
    }

    /// <summary>The second fold failed: the mean of .7 and .9 is .8, and their sample standard deviation .2 / sqrt 2.</summary>
    [Fact]
    public void Of_FoldThatFailed_IsLeftOutOfTheMean()
    {
        var table = Assert.Single(SectionsOf.Blocks<TableBlock>(FoldsSection.Of(View([Model1[0], Model1[2]])))).Table;

        Assert.Equal(
            ["1: 0.7000", "2: –", "3: 0.9000", "Mean: 0.8000", "Standard deviation: 0.1414"], table.Rows.Select(Line));
    }

    /// <summary>Fold 3 is right on 7 of the 8 test images.</summary>
    [Fact]
    public void Of_Winner_SaysWhichNetworkStandsForIt()
    {
        var text = Assert.Single(SectionsOf.Blocks<Bullets>(FoldsSection.Of(View(Model1)))).Items[1];

        Assert.Contains("the one of fold 3 stands for it", text, StringComparison.Ordinal);
        Assert.Contains("It learned from 2 of 3 folds, and its accuracy on the test images is 0.8750.", text, StringComparison.Ordinal);
    }

    /// <summary>The card describes the network that predicts, and not the first one.</summary>
    [Fact]
    public void Card_Folds_DescribesTheFoldThatStandsForTheModel()
    {
        var section = ProvenanceSection.Of(View(Model1));

        Assert.Contains(SectionsOf.Blocks<Heading>(section), heading => heading.Text == "Model card: Model 1, fold 3");
        var card = SectionsOf.Blocks<TableBlock>(section).Single(block => block.Table.Name == "model-card").Table;
        Assert.Contains(card.Rows, row => row.Cells[1].Text.StartsWith("test accuracy 0.8750 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_VarianceOfTheMean_IsNotPromised() => Assert.Contains(
        "Bengio and Grandvalet 2004", Assert.Single(SectionsOf.Blocks<Bullets>(FoldsSection.Of(View(Model1)))).Items[0],
        StringComparison.Ordinal);

    [Fact]
    public void Verdict_Folds_SpeaksOfFoldsAndNotOfSeeds()
    {
        var verdict = string.Join(' ', View(Model1).Document.Verdict);

        Assert.Contains("(mean of 3 folds)", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("seed", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Sections_NoFolds_HaveNoCrossValidation() =>
        Assert.DoesNotContain(ReportSections.Of(HandmadeRun.View()), section => section.Id == "folds");

    private static ModelEvaluation[] Model1 { get; } =
    [
        HandmadeRun.Evaluation("model1", [0, 0, 1, 1, 2, 2, 4, 0], validationAccuracy: .7, seed: 1),
        HandmadeRun.Evaluation("model1", [0, 0, 1, 1, 2, 2, 4, 0], validationAccuracy: .8, seed: 2),
        HandmadeRun.Evaluation("model1", [0, 0, 1, 1, 2, 2, 3, 0], validationAccuracy: .9, seed: 3),
    ];

    private static ReportView View(ModelEvaluation[] evaluations)
    {
        var input = HandmadeRun.Input(evaluations);
        input = input with
        {
            Definition = input.Definition with { Configuration = input.Configuration with { Folds = 3, Seeds = [1, 2, 3] } },
        };
        return new ReportView(ReportBuilder.Build(input), input);
    }

    private static string Line(Row row) => $"{row.Cells[0].Text}: {row.Cells[1].Text}";
}
