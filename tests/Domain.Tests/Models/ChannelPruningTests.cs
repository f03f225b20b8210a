using Microsoft.ML.OnnxRuntime;
using ServerlessFashion.Data;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Models;

public class ChannelPruningTests
{
    private static readonly TrainingPhase[] Phases = [new("all", 1, 1e-3, TrainableLayers.All)];

    /// <summary>Three filters of one weight, 2x2 maps, two units.</summary>
    private static readonly Layer[] Wide =
        [new Conv2D(3, 1, Padding.Valid), new BatchNormalization(), new MaxPool2D(14), new Dropout(.2), new Flatten(), new Dense(2)];

    private static readonly Layer[] Narrow =
        [new Conv2D(2, 1, Padding.Valid), new BatchNormalization(), new MaxPool2D(14), new Dropout(.2), new Flatten(), new Dense(1)];

    private static readonly Dictionary<string, WeightTensor> Weights = new()
    {
        ["conv2d.weight"] = new([3, 1, 1, 1], [1, -3, 2]),
        ["conv2d.bias"] = new([3], [.1f, .2f, .3f]),
        ["batch_normalization.weight"] = new([3], [2, .1f, -1.5f]),
        ["batch_normalization.bias"] = new([3], [4, 5, 6]),
        ["batch_normalization.running_mean"] = new([3], [7, 8, 9]),
        ["batch_normalization.running_var"] = new([3], [10, 11, 12]),
        ["dense.weight"] = new([2, 12], [1, 1, 1, 1, 90, 90, 90, 90, 1, 1, 1, 1, 2, 3, 4, 5, 0, 0, 0, 0, -6, -7, -8, -9]),
        ["dense.bias"] = new([2], [.4f, .5f]),
        ["classifier.weight"] = new([2, 2], [1, 2, 3, 4]),
        ["classifier.bias"] = new([2], [.6f, .7f]),
    };

    /// <summary>
    /// By hand. Filters: 1 x 2 = 2, 3 x .1 = .3 and 2 x 1.5 = 3, so the first and the third stay; without the scale the second
    /// would. They are features 0 to 3 and 8 to 11. Units over those: 8 x 1 = 8 and 2 + .. + 9 = 44, so the second stays; with the
    /// features of the lost filter the first would. The classifier keeps both labels.
    /// </summary>
    [Fact]
    public void Narrow_SmallNetwork_KeepsTheChannelsWorkedByHand()
    {
        var narrow = ChannelPruning.Narrow(Plan(Wide), Plan(Narrow), Weights);

        Assert.Equal(Plan(Narrow).Weights.Select(weight => weight.Name), narrow.Keys);
        Assert.All(Plan(Narrow).Weights, weight => Assert.Equal(weight.Shape, narrow[weight.Name].Shape));
        Assert.Equal([1, 2], narrow["conv2d.weight"].Values);
        Assert.Equal([.1f, .3f], narrow["conv2d.bias"].Values);
        Assert.Equal([2, -1.5f], narrow["batch_normalization.weight"].Values);
        Assert.Equal([4, 6], narrow["batch_normalization.bias"].Values);
        Assert.Equal([7, 9], narrow["batch_normalization.running_mean"].Values);
        Assert.Equal([10, 12], narrow["batch_normalization.running_var"].Values);
        Assert.Equal([2, 3, 4, 5, -6, -7, -8, -9], narrow["dense.weight"].Values);
        Assert.Equal([.5f], narrow["dense.bias"].Values);
        Assert.Equal([2, 4], narrow["classifier.weight"].Values);
        Assert.Equal([.6f, .7f], narrow["classifier.bias"].Values);
    }

    /// <summary>The first filter has the least weight, so the first kernel of four values goes with it.</summary>
    [Fact]
    public void Narrow_DepthwiseConvolution_KeepsTheKernelsOfTheKeptChannels()
    {
        static ModelPlan Of(int filters) => Plan(
            [new Conv2D(filters, 1, Padding.Valid), new DepthwiseConv2D(2, Padding.Valid), new GlobalAveragePooling2D()]);
        var weights = new Dictionary<string, WeightTensor>
        {
            ["conv2d.weight"] = new([3, 1, 1, 1], [1, -3, 2]),
            ["conv2d.bias"] = new([3], [.1f, .2f, .3f]),
            ["depthwise_conv2d.weight"] = new([3, 1, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
            ["depthwise_conv2d.bias"] = new([3], [.4f, .5f, .6f]),
            ["classifier.weight"] = new([2, 3], [1, 2, 3, 4, 5, 6]),
            ["classifier.bias"] = new([2], [.6f, .7f]),
        };

        var narrow = ChannelPruning.Narrow(Of(3), Of(2), weights);

        Assert.Equal([2L, 1, 2, 2], narrow["depthwise_conv2d.weight"].Shape);
        Assert.Equal([5, 6, 7, 8, 9, 10, 11, 12], narrow["depthwise_conv2d.weight"].Values);
        Assert.Equal([.5f, .6f], narrow["depthwise_conv2d.bias"].Values);
        Assert.Equal([2, 3, 5, 6], narrow["classifier.weight"].Values);
    }

    [Fact]
    public void Narrow_EqualScores_KeepsTheFirst()
    {
        var weights = new Dictionary<string, WeightTensor>(Weights)
        {
            ["conv2d.weight"] = new([3, 1, 1, 1], [1, 1, 1]),
            ["batch_normalization.weight"] = new([3], [1, 1, 1]),
        };

        Assert.Equal([.1f, .2f], ChannelPruning.Narrow(Plan(Wide), Plan(Narrow), weights)["conv2d.bias"].Values);
    }

    /// <summary>A channel that its BatchNorm sends to zero adds nothing to what reads it; ONNX Runtime computes both networks.</summary>
    [Fact]
    public void Narrow_HalfOfModel4sChannelsAreZero_GivesTheSameLogits()
    {
        var weights = RandomWeights.Of("model4", seed: 3);
        var random = new Random(4);
        foreach (var norm in weights.Keys.Where(name => name.EndsWith("running_mean", StringComparison.Ordinal))
            .Select(name => name[..^".running_mean".Length]).ToArray())
        {
            var (scale, shift) = (weights[$"{norm}.weight"].Values, weights[$"{norm}.bias"].Values);
            int[] channels = [.. Enumerable.Range(0, scale.Length)];
            random.Shuffle(channels);
            foreach (var channel in channels[..(channels.Length / 2)])
            {
                (scale[channel], shift[channel]) = (0, 0);
            }
        }

        var images = Enumerable.Range(0, 4 * 784).Select(_ => random.NextSingle()).ToArray();

        var narrow = ChannelPruning.Narrow(
            ModelPlan.Of(StudyModels.Model4, ClassLabels.Five), ModelPlan.Of(PrunedModels.Model4Slim, ClassLabels.Five), weights);

        var expected = Logits(StudyModels.Model4, weights, images);
        var logits = Logits(PrunedModels.Model4Slim, narrow, images);
        Assert.True(expected.Max() - expected.Min() > .1, "logits that hardly differ would prove nothing");
        Assert.All(expected.Zip(logits), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void Narrow_AnotherKernel_IsRefusedWithTheLayersName()
    {
        Layer[] other = [new Conv2D(2, 3, Padding.Same), .. Narrow[1..]];

        var refused = Assert.Throws<InvalidInputException>(() => ChannelPruning.Narrow(Plan(Wide), Plan(other), Weights));

        Assert.Equal("model: layer conv2d of the narrow network differs from the wide one in more than fewer channels.", refused.Message);
    }

    [Fact]
    public void Narrow_MoreChannels_IsRefused() =>
        Assert.Throws<InvalidInputException>(() => ChannelPruning.Narrow(Plan(Narrow), Plan(Wide), Weights));

    [Fact]
    public void Narrow_FewerLayers_IsRefused() =>
        Assert.Throws<InvalidInputException>(() => ChannelPruning.Narrow(Plan(Wide), Plan(Narrow[..^1]), Weights));

    private static ModelPlan Plan(Layer[] layers) =>
        ModelPlan.Of(new ModelSpec("small", "Small", "", InputTransform.Grey28, layers, 1, Phases), ClassLabels.Unnamed(2));

    private static float[] Logits(ModelSpec spec, IReadOnlyDictionary<string, WeightTensor> weights, float[] images)
    {
        using var onnx = new MemoryStream();
        OnnxModel.Write(spec, ClassLabels.Five, weights, new OnnxMetadata("id", "run", ["a", "b", "c", "d", "e"], "00").ToEntries(), onnx);
        using var session = new InferenceSession(onnx.ToArray());
        using var input = OrtValue.CreateTensorValueFromMemory(images, [images.Length / 784, 1, 28, 28]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["images"], [input], ["logits"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
