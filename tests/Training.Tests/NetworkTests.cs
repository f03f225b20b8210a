using System.Runtime.InteropServices;
using ServerlessFashion.Models;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests;

public class NetworkTests
{
    private const int Classes = 5;

    /// <summary>Against torch.nn and torchvision's own resnet50 on the same random weights.</summary>
    [Theory]
    [InlineData("model1")]
    [InlineData("model3")]
    [InlineData("model4")]
    [InlineData("resnet50")]
    public void Forward_StudyModelInEvaluationMode_AgreesWithPyTorch(string model)
    {
        Python.SkipWithoutTorch();
        using var folder = new TemporaryFolder();
        var plan = ModelPlan.Of(ModelCatalogue.Get(model), Classes);
        var weights = RandomWeights(plan);
        var images = Tiny.Images(6, seed: 5);
        using (var file = File.Create(folder.File("weights.safetensors")))
        {
            SafetensorsWriter.Write(file, new Dictionary<string, string>(), weights);
        }

        File.WriteAllBytes(folder.File("images.f32"), MemoryMarshal.AsBytes(Array.ConvertAll(images.Pixels, grey => grey / 255f).AsSpan()));
        Python.Run(Path.Combine(AppContext.BaseDirectory, "Reference", "forward.py"), model, folder.File("weights.safetensors"), folder.File("images.f32"), folder.File("logits.f32"));
        var expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File("logits.f32"))).ToArray();

        using var network = Network.Create(plan, weights, "test");
        using var tensors = new ImageTensors(images, plan.Input);
        var logits = Inference.Logits(network, tensors, Classes, TestContext.Current.CancellationToken);

        Assert.Equal(6 * Classes, expected.Length);
        Assert.True(expected.Max() - expected.Min() > .1, "the reference logits should differ from each other");
        var difference = logits.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(difference < 1e-4, $"largest difference {difference}, reference logits {expected.Min()} to {expected.Max()}");
    }

    [Fact]
    public void Create_WeightOfAnotherShape_IsRefusedWithItsName()
    {
        var plan = ModelPlan.Of(Tiny.Spec, Classes);
        var weights = RandomWeights(plan);
        weights["conv2d.bias"] = new WeightTensor([3], new float[3]);

        var error = Assert.Throws<InvalidInputException>(() => Network.Create(plan, weights, "file"));

        Assert.Equal("file: weight conv2d.bias should have shape [16], found [3].", error.Message);
    }

    [Fact]
    public void Create_MissingWeight_IsRefusedWithItsName()
    {
        var plan = ModelPlan.Of(Tiny.Spec, Classes);
        var weights = RandomWeights(plan);
        weights.Remove("dense.weight");

        var error = Assert.Throws<InvalidInputException>(() => Network.Create(plan, weights, "file"));

        Assert.Equal("file: weight dense.weight is missing.", error.Message);
    }

    [Fact]
    public void Create_UnknownWeight_IsRefusedWithItsName()
    {
        var plan = ModelPlan.Of(Tiny.Spec, Classes);
        var weights = RandomWeights(plan);
        weights["other"] = new WeightTensor([1], [0]);

        var error = Assert.Throws<InvalidInputException>(() => Network.Create(plan, weights, "file"));

        Assert.Equal("file: found weight other, which the model does not have.", error.Message);
    }

    [Fact]
    public void Forward_ImagesInAnotherOrder_GivesEachImageTheSameLogits()
    {
        var plan = ModelPlan.Of(Tiny.Spec, Classes);
        using var network = Network.Create(plan, RandomWeights(plan), "test");
        var images = Tiny.Images(40, seed: 9);
        using var forward = new ImageTensors(images, plan.Input);
        using var backward = new ImageTensors(images.Select([.. Enumerable.Range(0, 40).Reverse()]), plan.Input);

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

            return new WeightTensor(weight.Shape, values);
        });
    }
}
