using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using ServerlessFashion.Data;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Tests;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests;

public class NetworkTests
{
    private const int Classes = 5;

    /// <summary>Against torch.nn and torchvision's own networks on the same random weights.</summary>
    [Theory]
    [InlineData("model1")]
    [InlineData("model3")]
    [InlineData("model4")]
    [InlineData("resnet50")]
    [InlineData("resnet50-finetuned")]
    [InlineData("resnet18")]
    [InlineData("resnet18-finetuned")]
    [InlineData("tiny-blocks")]
    public void Forward_ModelInEvaluationMode_AgreesWithPyTorch(string model)
    {
        Python.SkipWithoutTorch();
        using var folder = new TemporaryFolder();
        var plan = ModelPlan.Of(SpecOf(model), ClassLabels.Five);
        var weights = RandomWeights(plan);
        var images = Tiny.Images(6, seed: 5);
        using (var file = File.Create(folder.File("weights.safetensors")))
        {
            SafetensorsWriter.Write(file, new Dictionary<string, string>(), weights);
        }

        File.WriteAllBytes(folder.File("images.f32"), MemoryMarshal.AsBytes(Array.ConvertAll(images.Pixels, grey => grey / 255f).AsSpan()));
        Python.Run(
            Path.Combine(AppContext.BaseDirectory, "Reference", "forward.py"), model, folder.File("weights.safetensors"),
            folder.File("images.f32"), folder.File("logits.f32"));
        var expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File("logits.f32"))).ToArray();

        using var network = Network.Create(plan, weights, "test", CPU);
        using var tensors = new ImageTensors(images, plan.Input, CPU);
        var logits = Inference.Logits(network, tensors, Classes, TestContext.Current.CancellationToken);

        Assert.Equal(6 * Classes, expected.Length);
        Assert.True(expected.Max() - expected.Min() > .1, "the reference logits should differ from each other");
        var difference = logits.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(difference < 1e-4, $"largest difference {difference}, reference logits {expected.Min()} to {expected.Max()}");
    }

    /// <summary>The exported file in ONNX Runtime answers as the network does, mirror image, brightness and all.</summary>
    [Theory]
    [InlineData("strong", LabelScheme.Five)]
    [InlineData("strong-garments", LabelScheme.Five)]
    [InlineData("strong-garments", LabelScheme.Garments)]
    [InlineData("resnet50-finetuned", LabelScheme.Five)]
    [InlineData("resnet18-finetuned", LabelScheme.Garments)]
    [InlineData("tiny-blocks", LabelScheme.Garments)]
    public void Predict_Model_AgreesWithItsExport(string model, LabelScheme scheme)
    {
        var spec = SpecOf(model);
        var labels = ClassLabels.Of(scheme);
        var plan = ModelPlan.Of(spec, labels);
        var weights = RandomWeights(plan);

        var images = Tiny.Images(40, seed: 5);
        using var network = Network.Create(plan, weights, "test", CPU);
        using var tensors = new ImageTensors(images, plan.Input, CPU);
        var expected = Inference.Logits(network, tensors, labels.Count, TestContext.Current.CancellationToken);

        using var file = new MemoryStream();
        OnnxModel.Write(spec, labels, weights, new Dictionary<string, string>(), file);
        using var session = new InferenceSession(file.ToArray());
        using var input = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(images.Pixels, grey => grey / 255f), [40, 1, 28, 28]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["images"], [input], ["logits", "probabilities"]);
        var found = outputs[0].GetTensorDataAsSpan<float>().ToArray();

        Assert.True(expected.Max() - expected.Min() > .1, "logits that hardly differ would prove nothing");
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 2e-3));
        Assert.All(outputs[1].GetTensorDataAsSpan<float>().ToArray().Chunk(labels.Count), row => Assert.Equal(1, row.Sum(), 1e-5));
    }

    private static ModelSpec SpecOf(string name) => ModelCatalogue.Find(name) ?? Tiny.Blocks;

    [Fact]
    public void Predict_MirrorAveraged_IsTheMeanOfTheTwoSides()
    {
        var once = Tiny.LatentOffsets with { AveragesMirrorImage = false };
        var plan = ModelPlan.Of(once, ClassLabels.Five);
        var weights = RandomWeights(plan);
        var images = Tiny.Images(5, seed: 5);
        var mirrored = images with { Pixels = [.. images.Pixels.Chunk(28).SelectMany(row => row.Reverse())] };
        double[] Probabilities(ModelSpec spec, LabelledImages set)
        {
            using var network = Network.Create(ModelPlan.Of(spec, ClassLabels.Five), weights, "test", CPU);
            using var tensors = new ImageTensors(set, plan.Input, CPU);
            return [.. Inference.Logits(network, tensors, Classes, TestContext.Current.CancellationToken).Select(logit => Math.Exp(logit))];
        }

        var mean = Probabilities(once, images).Zip(Probabilities(once, mirrored), (a, b) => (a + b) / 2);

        Assert.All(mean.Zip(Probabilities(Tiny.LatentOffsets, images)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Create_WeightOfAnotherShape_IsRefusedWithItsName()
    {
        var plan = ModelPlan.Of(Tiny.Spec, ClassLabels.Five);
        var weights = RandomWeights(plan);
        weights["conv2d.bias"] = new WeightTensor([3], new float[3]);

        var error = Assert.Throws<InvalidInputException>(() => Network.Create(plan, weights, "file", CPU));

        Assert.Equal("file: weight conv2d.bias should have shape [16], found [3].", error.Message);
    }

    [Fact]
    public void Create_MissingWeight_IsRefusedWithItsName()
    {
        var plan = ModelPlan.Of(Tiny.Spec, ClassLabels.Five);
        var weights = RandomWeights(plan);
        weights.Remove("dense.weight");

        var error = Assert.Throws<InvalidInputException>(() => Network.Create(plan, weights, "file", CPU));

        Assert.Equal("file: weight dense.weight is missing.", error.Message);
    }

    [Fact]
    public void Create_UnknownWeight_IsRefusedWithItsName()
    {
        var plan = ModelPlan.Of(Tiny.Spec, ClassLabels.Five);
        var weights = RandomWeights(plan);
        weights["other"] = new WeightTensor([1], [0]);

        var error = Assert.Throws<InvalidInputException>(() => Network.Create(plan, weights, "file", CPU));

        Assert.Equal("file: found weight other, which the model does not have.", error.Message);
    }

    [Fact]
    public void Forward_ImagesInAnotherOrder_GivesEachImageTheSameLogits()
    {
        var plan = ModelPlan.Of(Tiny.Spec, ClassLabels.Five);
        using var network = Network.Create(plan, RandomWeights(plan), "test", CPU);
        var images = Tiny.Images(40, seed: 9);
        using var forward = new ImageTensors(images, plan.Input, CPU);
        using var backward = new ImageTensors(images.Select([.. Enumerable.Range(0, 40).Reverse()]), plan.Input, CPU);

        var logits = Inference.Logits(network, forward, Classes, TestContext.Current.CancellationToken);
        var reversed = Inference.Logits(network, backward, Classes, TestContext.Current.CancellationToken);

        Assert.Equal(logits.Chunk(Classes), reversed.Chunk(Classes).Reverse());
    }

    /// <summary>Kernels keep the features' scale; BatchNorms get statistics and scales of their own.</summary>
    private static Dictionary<string, WeightTensor> RandomWeights(ModelPlan plan)
    {
        var random = new Random(3);
        return plan.Weights.ToDictionary(weight => weight.Name, weight =>
        {
            var scale = weight.Role == WeightRole.Kernel ? Math.Sqrt(3.0 * weight.Shape[0] / weight.Count) : .2;
            var centre = weight.Role is WeightRole.Scale or WeightRole.MovingVariance ? 1 : 0;
            var values = new float[weight.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)(centre + (scale * ((2 * random.NextDouble()) - 1)));
            }

            if (weight.Role == WeightRole.Constant)
            {
                // Cuts ascend, and offsets reach over them.
                values = [.. values.Select((value, i) => (float)(value + (2.5 * i)))];
            }

            return new WeightTensor(weight.Shape, values);
        });
    }
}
