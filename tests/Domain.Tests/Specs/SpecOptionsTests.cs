using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Domain.Tests.Specs;

public class SpecOptionsTests
{
    [Fact]
    public void Configure_OptionsOfAModel_ChangeItsTrainingAndAreKept()
    {
        var run = Configure(["model4", "model1"], ("model4.learningRate", "3e-4"), ("model4.batchSize", "128"), ("model4.epochs", "2"));

        var model4 = run.Configuration.Models[0];
        Assert.Equal(128, model4.BatchSize);
        Assert.Equal([(2, 3e-4)], model4.Phases.Select(phase => (phase.Epochs, phase.LearningRate)));
        Assert.Equal(["model4.batchSize=128", "model4.epochs=2", "model4.learningRate=0.0003"],
            run.Configuration.Set!.Select(option => $"{option.Key}={option.Value}"));
        // The other model keeps what the preset gives it.
        Assert.Equal((64, 6, 1e-3), (run.Configuration.Models[1].BatchSize, run.Configuration.Models[1].TotalEpochs,
            run.Configuration.Models[1].Phases[0].LearningRate));
    }

    [Fact]
    public void Configure_NoOptions_StoresNoneAndKeepsTheCataloguesSpecs()
    {
        var run = Configure(["model4"]);

        Assert.Null(run.Configuration.Set);
        Assert.Same(StudyModels.Model4, run.Specs.Single());
    }

    [Fact]
    public void Configure_OptionOfOnePhase_OverridesTheOptionOfAllWhateverTheOrder()
    {
        var run = Configure(["resnet50"], ("resnet50.phases.2.learningRate", "0.5"), ("resnet50.learningRate", "0.25"));

        Assert.Equal([.25, .5], run.Configuration.Models.Single().Phases.Select(phase => phase.LearningRate));
    }

    [Fact]
    public void Configure_OptionsOfTheOptimizerAndAugmentation_AreInTheSpecAndThePhases()
    {
        var run = Configure(
            ["model1"], ("model1.optimizer.beta1", ".8"), ("model1.augmentation.flip", "random"), ("model1.schedule.endFactor", "0"),
            ("model1.weightDecay", "0.05"), ("model1.patience", "3"));

        var phase = run.Configuration.Models.Single().Phases.Single();
        Assert.Equal(new Adam(Beta1: .8), run.Specs.Single().Optimizer);
        Assert.Equal(new Augmentation { Flip = Flip.Random }, phase.Augmentation);
        Assert.Equal(new LearningRateSchedule(0, 1, 0), phase.Schedule);
        Assert.Equal((.05, 3), (phase.WeightDecay, phase.Patience));
    }

    [Fact]
    public void Configure_Dropout_SetsEveryRateAndNothingElse()
    {
        var layers = Configure(["model3"], ("model3.dropout", "0.5")).Specs.Single().Layers;

        Assert.Equal([.5, .5, .5], layers.OfType<Dropout>().Select(dropout => dropout.Rate));
        Assert.Equal(
            StudyModels.Model3.Layers.Where(layer => layer is not Dropout), layers.Where(layer => layer is not Dropout));
    }

    [Fact]
    public void Configure_OptionOfALayer_ChangesThatLayer()
    {
        var layers = Configure(["model3"], ("model3.layers.conv2d_1.filters", "48")).Specs.Single().Layers;

        Assert.Equal([32, 48, 128], layers.OfType<Conv2D>().Select(conv => conv.Filters));
    }

    [Theory]
    [InlineData("model4.learningRate", "-1", "set: model4.learningRate: expected a number above 0 and at most 10, found '-1'.")]
    [InlineData("model4.learningRate", "NaN", "set: model4.learningRate: expected a number above 0 and at most 10, found 'NaN'.")]
    [InlineData("model4.learningRate", "fast", "set: model4.learningRate: expected a number above 0 and at most 10, found 'fast'.")]
    [InlineData("model4.batchSize", "1", "set: model4.batchSize: expected a whole number from 2 to 65536, found '1'.")]
    [InlineData("model4.batchSize", "12.5", "set: model4.batchSize: expected a whole number from 2 to 65536, found '12.5'.")]
    [InlineData("model4.epochs", "0", "set: model4.epochs: expected a whole number from 1 to 10000, found '0'.")]
    [InlineData("model4.phases.1.epochs", "0", "set: phases of model4: expected at least one epoch, found none.")]
    [InlineData("model4.phases.2.epochs", "3", "set: model4.phases.2.epochs: model4 has 1 phase, counted from 1.")]
    [InlineData("model4.patience", "0", "set: model4.patience: expected a whole number from 1 to 10000, or null, found '0'.")]
    [InlineData("model4.augmentation.flip", "up",
        "set: model4.augmentation.flip: expected one of none, random, alternating, found 'up'.")]
    [InlineData("model4.augmentation.zoomShare", "0.1",
        "set: augmentation of model4: zoom changes 17 % of the five labels at 10 %, and at most 2 % may change; leave "
        + "it out or train on the "
        + "garments.")]
    [InlineData("model4.dataPruning.share", "0.5", "set: model model4: phase 1, dataPruning: missing fields: 'wholeEpochs'.")]
    [InlineData("model4.layers.conv2d.kernel", "40",
        "set: model model4: layer 1 (conv2d) cannot take features of shape (None, 28, 28, 1); padding same needs an odd "
        + "kernel, and this one has "
        + "40.")]
    [InlineData("model4.layers.conv2d.filters", "6",
        "set: model model4: the filters of a convolution should be a multiple of 16, found 6 in conv2d.")]
    [InlineData("batchSize", "1", "set: 'batchSize' does not have the form model.option, such as model4.batchSize.")]
    [InlineData("model5.batchSize", "1", "set: 'model5' is not a model of this run; did you mean model4? The models of "
        + "this run are model4.")]
    [InlineData("model4.layers.conv2d_7.filters", "16",
        "set: 'conv2d_7' is not a layer of model4; did you mean conv2d_1, conv2d_2 or conv2d_3? The layers of model4 are ")]
    public void Configure_BadOption_IsRefusedWithTheRange(string option, string value, string message) => Assert.StartsWith(
        message, Assert.Throws<InvalidInputException>(() => Configure(["model4"], (option, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void Configure_UnknownOption_NamesTheNearest() => Assert.StartsWith(
        "set: 'lerningRate' is not a setting of model4; did you mean learningRate? The settings of model4 are batchSize, ",
        Assert.Throws<InvalidInputException>(() => Configure(["model4"], ("model4.lerningRate", "1"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Configure_DropoutOfAModelWithout_IsRefused() => Assert.Equal(
        "set: strong.dropout: strong has no Dropout layer.",
        Assert.Throws<InvalidInputException>(() => Configure(["strong"], ("strong.dropout", ".5"))).Message);

    [Fact]
    public void Configure_EpochsTwice_IsRefused()
    {
        var options = Options(["model4"], ("model4.epochs", "2")) with { Epochs = new Dictionary<string, int> { ["model4"] = 3 } };

        Assert.Equal(
            "set: model4.epochs is given by epochs too; leave one of them out.",
            Assert.Throws<InvalidInputException>(() => Presets.Configure(options, _ => 1)).Message);
    }

    private static RunDefinition Configure(string[] models, params (string Name, string Value)[] options) =>
        Presets.Configure(Options(models, options), _ => 1);

    private static ComparisonOptions Options(string[] models, params (string Name, string Value)[] options) => new()
    {
        Preset = "smoke",
        Models = models,
        Set = options.ToDictionary(option => option.Name, option => OptionValue.Of(option.Value)),
    };
}
