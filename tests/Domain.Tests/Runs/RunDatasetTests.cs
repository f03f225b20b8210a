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

    /// <summary>By hand: a sixth of a million are test images, a fifth of the other 833,333 validate, and 666,666 train: 2.5 GiB.</summary>
    [Fact]
    public void Configure_ImagesThatOneArrayCannotHold_AreRefused()
    {
        var million = ShapeSet.Sized(ShapeSet.Bars, train: 1_000_000, test: 0) with { Side = 64 };

        AssertRefused(
            "preset: 666666 images of bars take 2.5 GiB, and a run holds at most 2 GiB for each of training, validation and test; choose "
                + "a preset with fewer images, such as quick, or register the set with smaller images.",
            new ComparisonOptions { Preset = "report", Models = ["model1"] },
            million);
        Assert.Equal(24_000, Configure(new ComparisonOptions { Preset = "quick", Models = ["model1"] }, million).Configuration.TrainLimit);
    }

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

        Assert.Equal(["model1", "model4", "resnet18"], run.Specs.Select(spec => spec.Name));
        Assert.Single(run.Configuration.LeftOut!);
    }

    /// <summary>A sixth of 6 images is one test image, so one of two classes has none.</summary>
    [Fact]
    public void Configure_TooFewImagesForTheShares_AreRefusedWithTheirNumbers() => AssertRefused(
        "dataset: pets has 3 training images of class 'cat', too few for the shares of training, validation and test images; add images of "
        + "that class, or register the set without it.",
        new ComparisonOptions(), Pets(3, 3));

    /// <summary>Two of 10 images are test images and two of the others validate, so that each class has one of each.</summary>
    [Fact]
    public void Configure_FiveImagesOfEachClass_AreEnough() =>
        Assert.Equal("pets", Configure(new ComparisonOptions { Models = ["model1"] }, Pets(5, 5)).Configuration.Dataset);

    /// <summary>Smoke takes 2,000 images; of 5 among 10,000 dogs that is one, and none for validation.</summary>
    [Fact]
    public void Configure_ClassThatThePresetWouldMiss_IsRefusedWithThePreset() => AssertRefused(
        "preset: pets has 5 training images of class 'cat', which smoke would miss among the 2000 images that it takes for training and "
        + "validation; choose a preset with more images, or add images of that class.",
        new ComparisonOptions { Preset = "smoke" }, Pets(5, 10_000) with { TestCount = 10, TestPerClass = [5, 5] });

    /// <summary>A sixth of 35 images is 6 for 7 classes, so one class has no test image, whatever the number of folds.</summary>
    [Fact]
    public void Configure_NoTestImageOfAClass_IsNotBlamedOnTheFolds() => AssertRefused(
        "dataset: pets has 5 training images of class 'g', too few for the shares of training, validation and test images; add images of "
        + "that class, or register the set without it.",
        new ComparisonOptions { Folds = 4 },
        Pets(5, 5) with { Classes = ["a", "b", "c", "d", "e", "f", "g"], TrainPerClass = [5, 5, 5, 5, 5, 5, 5], TrainCount = 35 });

    [Fact]
    public void Configure_MoreFoldsThanImagesOfAClass_AreRefused() => AssertRefused(
        "folds: pets has 6 training images of class 'cat', 1 of them for the test, and each of 10 folds needs one; add images of that "
        + "class, or choose fewer folds.",
        new ComparisonOptions { Folds = 10 }, Pets(6, 60));

    private static DatasetDescription Pets(int cats, int dogs) => ShapeSet.Bars with
    {
        Name = "pets",
        Classes = ["cat", "dog"],
        TrainPerClass = [cats, dogs],
        TrainCount = cats + dogs,
    };

    private static RunDefinition Configure(ComparisonOptions options, DatasetDescription? dataset) =>
        Presets.Configure(options, _ => 1, dataset);

    private static void AssertRefused(string message, ComparisonOptions options, DatasetDescription? dataset) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => Configure(options, dataset)).Message);
}
