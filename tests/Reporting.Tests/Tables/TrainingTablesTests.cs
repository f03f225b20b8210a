using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Tests.Tables;

public sealed class TrainingTablesTests
{
    /// <summary>The study prints 346,821 parameters for Model 1; the shapes are worked by hand.</summary>
    [Fact]
    public void Architecture_Model1_ListsInputLayersAndTotal()
    {
        var view = HandmadeRun.View(HandmadeRun.Model1);

        Assert.Equal(
            [
                ["input", "grey / 255", "(None, 28, 28, 1)", "0"],
                ["conv2d", "Conv2D 32 3x3 valid, ReLU", "(None, 26, 26, 32)", "320"],
                ["max_pooling2d", "MaxPool 2x2", "(None, 13, 13, 32)", "0"],
                ["dropout", "Dropout 0.2", "(None, 13, 13, 32)", "0"],
                ["flatten", "Flatten", "(None, 5408)", "0"],
                ["dense", "Dense 64, ReLU", "(None, 64)", "346,176"],
                ["classifier", "Dense 5, softmax", "(None, 5)", "325"],
                ["all", "346,821 trainable", "", "346,821"],
            ],
            Texts.Of(TrainingTables.Architecture(view, view.Groups[0])));
    }

    [Fact]
    public void Architecture_ModelThatTheCatalogueLacks_IsLeftOut() =>
        Assert.Empty(TrainingTables.Architecture(HandmadeRun.View(HandmadeRun.Model1 with { Name = "other" })).Rows);

    [Fact]
    public void Training_Model_HasItsFigures() => Assert.Equal(
        ["Model 1", "1", "48,000", "4", "2", "2", "Glorot uniform", "1 min 36 s", "48 s", "0.00 s", "100", "1"],
        Texts.Of(TrainingTables.Training(HandmadeRun.View(HandmadeRun.Model1)))[0]);

    [Fact]
    public void Training_Ensemble_NamesItsVoters() => Assert.Equal(
        "vote of strong seed 1, strong seed 2",
        Texts.Of(
            TrainingTables.Training(HandmadeRun.View(HandmadeRun.Model1 with { Members = ["strong seed 1", "strong seed 2"] })))[0][6]);

    [Fact]
    public void History_Epochs_AreOneRowEach() => Assert.Equal(
        [
            ["model1", "1", "1", "head", "0.6000", "0.7000", "0.5000", "0.7200", "0.001", "40.00", "0"],
            ["model1", "1", "2", "all", "0.4000", "0.8000", "0.4500", "0.7800", "0.0001", "56.00", "1"],
        ],
        Texts.Of(TrainingTables.History(HandmadeRun.View(HandmadeRun.Model1))));

    /// <summary>By hand: 96 s / 2 / 48,000 = 1000 µs, .004 s / 8 = 500 µs.</summary>
    [Fact]
    public void Cost_DenseModel_HasNoColumnsOfPruning() => Assert.Equal(
        ["Model 1", "0.7500", "1,000", "900", "1 min 36 s", "48 s", "1,000", "500"],
        Texts.Of(TrainingTables.Cost(HandmadeRun.View(HandmadeRun.Model1)))[0]);

    [Fact]
    public void Cost_PrunedModel_HasTwoMore()
    {
        var pruned = HandmadeRun.Model4 with { Sparsity = .9, KernelParametersLeft = 337_911 };
        var rows = Texts.Of(TrainingTables.Cost(HandmadeRun.View(HandmadeRun.Model1, pruned)));

        Assert.Equal(["–", "–"], rows[0][4..6]);
        Assert.Equal(["90.0 %", "337,911"], rows[1][4..6]);
    }

    [Fact]
    public void Failures_Model_HasItsError()
    {
        var input = HandmadeRun.Input() with { Failures = [new ModelFailure("resnet50", 2, "out of memory")] };

        Assert.Equal(
            [["ResNet50", "2", "out of memory"]],
            Texts.Of(TrainingTables.Failures(new ReportView(ReportBuilder.Build(input), input))));
    }
}
