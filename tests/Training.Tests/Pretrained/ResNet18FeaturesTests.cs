using Microsoft.ML.OnnxRuntime;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Models;
using ServerlessFashion.Tests;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ServerlessFashion.Training.Tests;

/// <summary>The features of the base with the weights that the reader found, against ONNX Runtime on the file itself.</summary>
public sealed class ResNet18FeaturesTests : IDisposable
{
    private const string SystemFolder = "/usr/share/datasets/fashion-mnist";
    private const int Side = 224;
    private const int Features = 512;
    private const int Images = 4;

    /// <summary>What torchvision divides red, green and blue by.</summary>
    private static readonly float[] Deviation = [.229f, .224f, .225f];

    private readonly InferenceSession _original = new(InWeights("ResNet18.onnx"));

    public void Dispose() => _original.Dispose();

    [Fact]
    public void Base_SeededRandomImages_HasTheFeaturesOfTheOriginal()
    {
        var random = new Random(18);
        var images = new float[Images * 3 * Side * Side];
        for (var i = 0; i < images.Length; i++)
        {
            images[i] = random.Next(256) - 115;
        }

        AssertSameFeatures(images);
    }

    /// <summary>As ML.NET prepares them: enlarged, blue, green and red, less the mean image of the package.</summary>
    [Fact]
    public void Base_FashionMnistEnlarged_HasTheFeaturesOfTheOriginal()
    {
        Assert.SkipUnless(FashionMnistFiles.AreIn(SystemFolder), "Needs the package dataset-fashion-mnist.");
        using var scope = NewDisposeScope();
        var data = FashionMnistFiles.In(SystemFolder).Load();
        var pixels = Enumerable.Range(0, Images).SelectMany(index => data.Image(index).ToArray()).Select(value => (float)value);
        using var grey = tensor(pixels.ToArray()).reshape(Images, 1, FashionMnist.Side, FashionMnist.Side);
        using var enlarged = F.interpolate(grey, [Side, Side], mode: InterpolationMode.Bilinear, align_corners: false);
        using var colour = enlarged.expand(-1, 3, -1, -1).contiguous();
        using var preparation = new InferenceSession(InWeights("ResNetPreprocess.onnx"));

        AssertSameFeatures(Run(preparation, colour.data<float>().ToArray()));
    }

    /// <param name="images">Images x (blue, green, red) x 224 x 224, in 0..255 less their means.</param>
    private void AssertSameFeatures(float[] images)
    {
        var expected = Run(_original, images);
        var found = FeaturesOf(images);

        Assert.Equal(Images * Features, expected.Length);
        Assert.Equal(Images * Features, found.Length);
        var spread = expected.Max() - expected.Min();
        var difference = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(spread > 1, "features that hardly differ would prove nothing");
        Assert.True(difference < 1e-4 * spread, $"largest difference {difference} of a spread of {spread}");
    }

    private static float[] FeaturesOf(float[] images)
    {
        using var scope = NewDisposeScope();
        using var noGradient = inference_mode();
        var weights = PretrainedWeights.ReadOnnx(InWeights("ResNet18.onnx"));
        var layer = new ResNet18Base();
        var shape = new FeatureShape(3, Side);
        var plan = new LayerPlan(
            layer.BaseName, layer, shape, layer.OutputOf(shape)!, [.. layer.WeightsOf(layer.BaseName, shape)]);
        var tensors = plan.Weights.ToDictionary(
            weight => weight.Name, weight => tensor(weights.Find(weight.Name, weight.Shape)!.Values).reshape(weight.Shape));
        var colours = tensor(images).reshape(Images, 3, Side, Side).flip(1);
        var input = colours / (255 * tensor(Deviation).reshape(1, 3, 1, 1));
        var features = layer.Accept(new ForwardPass(name => tensors[name], masks: null), plan, input).mean([2, 3]);
        return [.. features.data<float>()];
    }

    /// <summary>Both files take one image at a time.</summary>
    private static float[] Run(InferenceSession session, float[] images) =>
    [
        .. images.Chunk(3 * Side * Side).SelectMany(image =>
        {
            using var input = OrtValue.CreateTensorValueFromMemory(image, [1, 3, Side, Side]);
            using var options = new RunOptions();
            using var outputs = session.Run(options, [session.InputNames[0]], [input], [session.OutputNames[0]]);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }),
    ];

    private static string InWeights(string file) => Path.Combine(AppContext.BaseDirectory, "weights", file);
}
