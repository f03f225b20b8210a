using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Tests.Tables;

/// <summary>All figures are worked by hand from the eight images of <see cref="HandmadeRun"/>.</summary>
public sealed class LabelTablesTests
{
    private static readonly ReportView View = HandmadeRun.View();

    [Fact]
    public void Data_TestImages_AreCountedByLabel() => Assert.Equal(
        [
            ["Brightness quintile 1 of 5 (Class 0)", "2", "25.0 %"], ["Brightness quintile 2 of 5 (Class 1)", "2", "25.0 %"],
            ["Brightness quintile 3 of 5 (Class 2)", "2", "25.0 %"], ["Brightness quintile 4 of 5 (Class 3)", "1", "12.5 %"],
            ["Brightness quintile 5 of 5 (Class 4)", "1", "12.5 %"], ["All", "8", "100.0 %"],
        ],
        Texts.Of(LabelTables.Data(View)));

    [Fact]
    public void Confusion_Model1_HasTrueLabelsInRows()
    {
        var group = View.Groups[0];

        Assert.Equal(
            [
                ["Class 0", "2", "0", "0", "0", "0"], ["Class 1", "0", "2", "0", "0", "0"], ["Class 2", "0", "0", "2", "0", "0"],
                ["Class 3", "0", "0", "0", "0", "1"], ["Class 4", "1", "0", "0", "0", "0"],
            ],
            Texts.Of(LabelTables.Confusion(View, group)));
        Assert.Equal(
            ["Class 0", "1.0000", "0.0000", "0.0000", "0.0000", "0.0000"], Texts.Of(LabelTables.NormalisedConfusion(View, group))[0]);
    }

    /// <summary>
    /// Model 3 predicts 0 for images 2 and 7 and 1 for 0, 1 and 3: precision 0 of 2 and 1 of 3, recall 0 of 2 and 1 of 2.
    /// </summary>
    [Fact]
    public void PerClass_Model3_HasPrecisionRecallAndF1()
    {
        var rows = Texts.Of(LabelTables.PerClass(View, View.Groups[1]));

        Assert.Equal(("Brightness quintile 1 of 5 (Class 0)", "0.0000", "0.0000", "0.0000", "2"), Figures(rows[0]));
        Assert.Equal(("Brightness quintile 2 of 5 (Class 1)", "0.3333", "0.5000", "0.4000", "2"), Figures(rows[1]));
        Assert.Equal(("Brightness quintile 3 of 5 (Class 2)", "1.0000", "1.0000", "1.0000", "2"), Figures(rows[2]));
        // Macro means: precision (0 + 1/3 + 1 + 1 + 0) / 5, recall (0 + 1/2 + 1 + 1 + 0) / 5, F1 (0 + .4 + 1 + 1 + 0) / 5.
        Assert.Equal(("Macro mean", "0.4667", "0.5000", "0.4800", "8"), Figures(rows[5]));
    }

    [Fact]
    public void PerClass_AllModels_HasOneRowPerModelSeedAndLabel() => Assert.Equal(
        Enumerable.Repeat("model1", 5).Concat(Enumerable.Repeat("model3", 5)).Concat(Enumerable.Repeat("model4", 5)),
        Texts.Of(LabelTables.PerClass(View)).Select(row => row[0]));

    /// <summary>Model 4 never predicts label 4: its precision has no denominator. Recall is 0 of 1, and F1 0 of 2.</summary>
    [Fact]
    public void PerClass_LabelThatIsNeverPredicted_HasNoPrecision()
    {
        var view = HandmadeRun.View(HandmadeRun.Model4);
        var row = Texts.Of(LabelTables.PerClass(view, view.Groups[0]))[4];

        Assert.Equal(["Brightness quintile 5 of 5 (Class 4)", "–", "–", "0.0000", "0.0000 to 0.7935", "0.0000", "1"], row);
        Assert.Equal(
            ["model4", "1", "Class 4", "", "", "", "0", "0"],
            TableText.Csv(LabelTables.PerClass(view)).TrimEnd().Split("\r\n")[^1].Split(',')[..8]);
        Assert.Equal(0, view.Document.Models[0].PerClass[4].Precision);
    }

    [Fact]
    public void PublishedPerClass_Rows_AreTheStudys()
    {
        Assert.All(LabelTables.PublishedPerClass.Rows, row => Assert.True(row.Published));
        Assert.Equal(["Class 0", "0.92", "0.99", "0.95", "1,568"], Texts.Of(LabelTables.PublishedPerClass)[0]);
    }

    private static (string, string, string, string, string) Figures(string[] row) => (row[0], row[1], row[3], row[5], row[6]);
}
