using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Runs;

public class RunDatasetTests
{
    private static readonly DatasetDescription Bars = ShapeSet.Sized(ShapeSet.Bars, train: 600, test: 0);

    [Fact]
    public void Configure_SetWithoutTestPart_HoldsASixthOut()
    {
        var run = Configure(new ComparisonOptions { Preset = "smoke" }, Bars);

        Assert.Equal(
            ("bars", LabelScheme.Classes, DatasetSplit.HeldOut, 1 / 6.0),
            (run.Configuration.Dataset, run.Configuration.Labels, run.Configuration.Split, run.Configuration.TestShare));
        Assert.Equal((Bars, Bars.Sha256), (run.Dataset, run.DataSha256));
        Assert.Equal(Bars.Classes, run.Labels.Names);
    }

    [Fact]
    public void Configure_SetWithTestPart_TestsOnIt()
    {
        var run = Configure(new ComparisonOptions(), ShapeSet.Sized(ShapeSet.Bars, train: 600, test: 100));

        Assert.Equal((DatasetSplit.Original, null), (run.Configuration.Split, run.Configuration.TestShare));
    }

    [Fact]
    public void Configure_NoSet_IsFashionMnistAsBefore()
    {
        var run = Configure(new ComparisonOptions(), null);

        Assert.Equal(
            (null, LabelScheme.Five, DatasetSplit.Competition, null),
            (run.Configuration.Dataset, run.Configuration.Labels, run.Configuration.Split, run.Configuration.TestShare));
        Assert.Null(run.Dataset);
    }

    [Theory]
    [InlineData(LabelScheme.Five, "labels: 'five' belongs to fashion-mnist; bars has its own classes, so leave the labels out.")]
    [InlineData(LabelScheme.Garments, "labels: 'garments' belongs to fashion-mnist; bars has its own classes, so leave the labels out.")]
    public void Configure_LabelsOfFashionMnist_AreRefused(LabelScheme labels, string message) =>
        AssertRefused(message, new ComparisonOptions { Labels = labels }, Bars);

    [Fact]
    public void Configure_SplitOfFashionMnist_IsRefused() => AssertRefused(
        "split: bars has no split 'competition'; its test images are a share that is held out by seed, so leave the split out.",
        new ComparisonOptions { Split = DatasetSplit.Competition },
        Bars);

    [Fact]
    public void Configure_ClassesOfFashionMnist_AreRefused() => AssertRefused(
        "labels: fashion-mnist has the labels five and garments, not its own classes.",
        new ComparisonOptions { Labels = LabelScheme.Classes },
        null);

    [Fact]
    public void Configure_HeldOutOfFashionMnist_IsRefused() => AssertRefused(
        "split: fashion-mnist has its own test images; the split is competition or original.",
        new ComparisonOptions { Split = DatasetSplit.HeldOut },
        null);

    [Fact]
    public void Configure_ModelThatNeedsGarments_IsRefusedByName() => AssertRefused(
        "model strong-garments: it uses the garments or the label rule of fashion-mnist, which bars does not have.",
        new ComparisonOptions { Models = ["strong-garments"] },
        Bars);

    [Fact]
    public void Configure_ModelOfThePresetThatNeedsGarments_IsLeftOutWithASentence()
    {
        var run = Configure(new ComparisonOptions { Preset = "best" }, Bars);

        Assert.Equal(["strong"], run.Specs.Select(spec => spec.Name));
        Assert.Equal(
            ["model strong-garments: it uses the garments or the label rule of fashion-mnist, which bars does not have."],
            run.Configuration.LeftOut!);
    }

    [Fact]
    public void Configure_StrongOnOtherImages_KnowsNoRuleAndMirrorsNothing()
    {
        var spec = Configure(new ComparisonOptions { Models = ["strong"] }, Bars).SpecOf("strong");

        Assert.IsType<SoftmaxHead>(spec.Head);
        Assert.False(spec.AveragesMirrorImage);
        Assert.All(spec.Phases, phase => Assert.Equal(Flip.None, phase.Augmentation!.Flip));
    }

    [Fact]
    public void Configure_ImagesTooSmallForANamedModel_AreRefusedWithTheLayer() => AssertRefused(
        "model model3: layer 5 (max_pooling2d_1) cannot take features of shape (None, 1, 1, 64); its window of 2x2 "
            + "is larger than the map.",
        new ComparisonOptions { Models = ["model3"] },
        Bars with { Side = 8 });

    [Fact]
    public void Configure_ImagesTooSmallForAModelOfThePreset_LeaveItOut()
    {
        var run = Configure(new ComparisonOptions(), Bars with { Side = 8 });

        Assert.Equal(["model1", "model4", "resnet18", "resnet18-finetuned"], run.Specs.Select(spec => spec.Name));
        Assert.Single(run.Configuration.LeftOut!);
    }

    private static RunDefinition Configure(ComparisonOptions options, DatasetDescription? dataset) =>
        Presets.Configure(options, _ => 1, dataset);

    private static void AssertRefused(string message, ComparisonOptions options, DatasetDescription? dataset) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => Configure(options, dataset)).Message);
}
