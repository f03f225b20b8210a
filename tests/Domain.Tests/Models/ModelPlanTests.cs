using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Models;

public class ModelPlanTests
{
    private static readonly TrainingPhase[] Phases = [new("all", 1, 1e-3, TrainableLayers.All)];

    /// <summary>The counts that the study prints (Keras counting, moving statistics included).</summary>
    [Theory]
    [InlineData("model1", 346_821)]
    [InlineData("model3", 240_901)]
    [InlineData("model4", 3_383_589)]
    public void Of_ModelOfTheStudy_HasThePublishedParameterCount(string model, long parameters)
    {
        Assert.Equal(parameters, ModelPlan.Of(ModelCatalogue.Get(model), ClassLabels.Five).Parameters);
    }

    /// <summary>23,508,032 without top in torchvision; its 53 BatchNorms have 26,560 channels, so 53,120 moving statistics.</summary>
    [Fact]
    public void Of_ResNet50_HasTorchvisionsParameterCountInItsBase()
    {
        var plan = ModelPlan.Of(StudyModels.ResNet50, ClassLabels.Five);
        var weights = plan.Layers[0].Weights;

        Assert.Equal(23_508_032, weights.Where(weight => weight.TakesGradient).Sum(weight => weight.Count));
        Assert.Equal(53_120, weights.Where(weight => !weight.TakesGradient).Sum(weight => weight.Count));

        // The head by hand: 2048*256+256, four times 256, 256*5+5.
        Assert.Equal(23_508_032 + 53_120 + 524_544 + 1024 + 1285, plan.Parameters);
    }

    /// <summary>Five halvings: 64 -> 2, averaged to one row.</summary>
    [Fact]
    public void Of_ResNet50FineTuned_HasTheStudysParametersAndLargerMaps()
    {
        var plan = ModelPlan.Of(FineTunedModels.ResNet50, ClassLabels.Five);

        Assert.Equal(ModelPlan.Of(StudyModels.ResNet50, ClassLabels.Five).Parameters, plan.Parameters);
        Assert.Equal(["(None, 2, 2, 2048)", "(None, 2048)"], plan.Layers.Take(2).Select(layer => layer.Output.ToString()));
    }

    /// <summary>
    /// By hand: convolutions 640 + 36,928 + 36,928 + 73,856 + 147,584 + 147,584, BatchNorms 4 * 576, classifier 128 * 10 + 10;
    /// the latent head has 10 offsets, 4 cuts and a scale of its own.
    /// </summary>
    [Theory]
    [InlineData("strong", LabelScheme.Five, 443_520 + 2304 + 1290 + 15)]
    [InlineData("strong-garments", LabelScheme.Five, 443_520 + 2304 + 1290)]
    [InlineData("strong", LabelScheme.Garments, 443_520 + 2304 + 1290)]
    public void Of_StrongModel_HasLessThanHalfAMillionParameters(string model, LabelScheme scheme, long parameters)
    {
        var plan = ModelPlan.Of(ModelCatalogue.Get(model), ClassLabels.Of(scheme));

        Assert.Equal(parameters, plan.Parameters);
        Assert.Equal(ClassLabels.Of(scheme).Count, plan.Layers[^1].Output.Count);
    }

    [Fact]
    public void Of_StrongModelOnGarments_HasAPlainSoftmax() =>
        Assert.Equal(LayerNames.Classifier, ModelPlan.Of(StrongModels.StrongGarments, ClassLabels.Garments).Layers[^1].Name);

    /// <summary>
    /// By hand, half of Model 4 everywhere: convolutions 160 + 2,320 + 4,640 + 18,496, dense 3136 * 256 + 256, 256 * 64 + 64 and
    /// 64 * 5 + 5, BatchNorms 4 * (16 + 16 + 32 + 64 + 256 + 64).
    /// </summary>
    [Fact]
    public void Of_Model4Slim_HasAQuarterOfModel4sParameters() =>
        Assert.Equal(25_616 + 803_072 + 16_448 + 325 + 1792, ModelPlan.Of(PrunedModels.Model4Slim, ClassLabels.Five).Parameters);

    /// <summary>
    /// By hand for Model 4: convolutions 28 * 28 * 9 * (32 + 32 * 32) + 14 * 14 * 9 * (32 * 64 + 64 * 128), dense
    /// 6272 * 512 + 512 * 128 + 128 * 5; for the slim one the same with half the channels.
    /// </summary>
    [Theory]
    [InlineData("model4", 7_451_136 + 18_063_360 + 3_211_264 + 65_536 + 640)]
    [InlineData("model4-slim", 1_919_232 + 4_515_840 + 802_816 + 16_384 + 320)]
    public void PredictionMultiplyAccumulates_Model4_IsTheSumWorkedByHand(string model, long expected) =>
        Assert.Equal(expected, ModelPlan.Of(ModelCatalogue.Get(model), ClassLabels.Five).PredictionMultiplyAccumulates);

    [Fact]
    public void PredictionMultiplyAccumulates_MirrorImageAveraged_CountsBothPasses()
    {
        var plan = ModelPlan.Of(StrongModels.Strong, ClassLabels.Five);

        Assert.Equal(2 * plan.Layers.Sum(layer => layer.MultiplyAccumulates), plan.PredictionMultiplyAccumulates);
    }

    /// <summary>Shapes of Model 3 by hand: 28 -> 26 -> 13 -> 11 -> 5 -> 3; 3 * 3 * 128 = 1152.</summary>
    [Fact]
    public void Of_Model3_HasTheShapesWorkedByHand()
    {
        var shapes = ModelPlan.Of(StudyModels.Model3, ClassLabels.Garments).Layers.Select(layer => layer.Output.ToString());

        Assert.Equal(
            [
                "(None, 26, 26, 32)", "(None, 13, 13, 32)", "(None, 13, 13, 32)",
                "(None, 11, 11, 64)", "(None, 5, 5, 64)", "(None, 5, 5, 64)",
                "(None, 3, 3, 128)", "(None, 3, 3, 128)", "(None, 1152)", "(None, 128)", "(None, 10)",
            ],
            shapes);
    }

    [Fact]
    public void Of_Weights_HaveKerasNamesAndPyTorchShapes()
    {
        var weights =
            ModelPlan.Of(StudyModels.Model3, ClassLabels.Five).Weights.ToDictionary(weight => weight.Name, weight => weight.Shape);

        Assert.Equal(
            ["conv2d.weight", "conv2d.bias", "conv2d_1.weight", "conv2d_1.bias", "conv2d_2.weight", "conv2d_2.bias", "dense.weight",
            "dense.bias", "classifier.weight", "classifier.bias"], weights.Keys);
        Assert.Equal([64, 32, 3, 3], weights["conv2d_1.weight"]);
        Assert.Equal([128, 1152], weights["dense.weight"]);
        Assert.Equal([5], weights["classifier.bias"]);
    }

    [Fact]
    public void Of_DenseOnMaps_IsRefusedWithTheLayersName()
    {
        var spec = new ModelSpec("m", "M", "", InputTransform.Grey28, [new Dense(3)], 1, Phases);

        Assert.Equal("model m: layer 1 (dense) cannot take features of shape (None, 28, 28, 1); it needs flat features: put a flatten or "
            + "globalAveragePooling2D layer before it.",
            Assert.Throws<InvalidInputException>(() => ModelPlan.Of(spec, ClassLabels.Five)).Message);
    }

    /// <summary>By hand: 8 - 2 = 6, 6 / 2 = 3, 3 - 2 = 1, and a single pixel cannot be pooled.</summary>
    [Fact]
    public void Of_ImagesTooSmallForTheModel_IsRefusedWithTheLayerAndTheShape()
    {
        var digits = ClassLabels.Of(ShapeSet.Bars with { Name = "digits", Side = 8 });

        Assert.Equal(
            "model model3: layer 5 (max_pooling2d_1) cannot take features of shape (None, 1, 1, 64); its "
            + "window of 2x2 is larger than the map.",
            Assert.Throws<InvalidInputException>(() => ModelPlan.Of(StudyModels.Model3, digits)).Message);
    }

    /// <summary>By hand: 32 filters of 3x3 on three channels, and 15 x 15 x 32 features behind the pooling of 30 x 30.</summary>
    [Fact]
    public void Of_ColourImages_StartsFromThreeChannels()
    {
        var plan = ModelPlan.Of(StudyModels.Model1, ClassLabels.Of(ShapeSet.Discs));

        Assert.Equal([32, 3, 3, 3], plan.Weights.Single(weight => weight.Name == "conv2d.weight").Shape);
        Assert.Equal([64, 15 * 15 * 32], plan.Weights.Single(weight => weight.Name == "dense.weight").Shape);
        Assert.Equal(3, plan.Layers[^1].Output.Count);
    }

    [Theory]
    [InlineData("model1")]
    [InlineData("model4")]
    [InlineData("resnet50")]
    [InlineData("resnet50-finetuned")]
    public void Of_BuiltInModel_TakesColourAndOtherSides(string model)
    {
        foreach (var side in (int[])[20, 32, 64, 96])
        {
            var labels = ClassLabels.Of(ShapeSet.Bars with { Side = side, Channels = 3 });
            Assert.Equal(5, ModelPlan.Of(ModelCatalogue.Get(model), labels).Classes);
        }
    }

    [Fact]
    public void Of_EvenKernelWithSamePadding_IsRefused()
    {
        var spec = new ModelSpec("m", "M", "", InputTransform.Grey28, [new Conv2D(16, 2, Padding.Same)], 1, Phases);

        Assert.Throws<InvalidInputException>(() => ModelPlan.Of(spec, ClassLabels.Five));
    }
}
