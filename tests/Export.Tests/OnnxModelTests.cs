using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Export.Tests;

public sealed class OnnxModelTests : IDisposable
{
    private const int Images = 3;
    private readonly string _folder = Directory.CreateTempSubdirectory("onnx-model-tests").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_RandomWeightsOfEachModel_GivesTheLogitsOfPyTorchAndPassesTheOnnxChecker()
    {
        PythonReference.Require("onnx", "torch", "torchvision");
        string[] models =
        [
            "model1", "model3", "model4", "resnet50", "resnet50-finetuned", "resnet18", "resnet18-finetuned", "strong", "strong-garments",
        ];
        var images = RandomImages(seed: 2);
        foreach (var model in models)
        {
            WriteFolder(model, RandomWeights.Of(model, seed: 1), images);
        }

        PythonReference.Run("reference_logits.py", [_folder, .. models]);

        foreach (var model in models)
        {
            var expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(_folder, model, "logits.bin"))).ToArray();
            var (logits, probabilities) = RunOnnxRuntime(File.ReadAllBytes(Path.Combine(_folder, model, "model.onnx")), images);
            Assert.Equal(Images * 5, expected.Length);
            Assert.True(Spread(expected) > .1, $"{model}: logits that hardly differ would prove nothing");
            Assert.True(MaxDifference(expected, logits) < 1e-4, model);
            Assert.True(MaxDifference(Softmax(expected), probabilities) < 1e-5, model);
        }
    }

    [Fact]
    public void Write_Metadata_IsReadBackByOnnxRuntime()
    {
        var metadata = new OnnxMetadata("r1/model1", "r1", ["T-shirt/top", "Größe \"L\""], "ab12");

        using var session = new InferenceSession(Bytes(StudyModels.Model1, 2, RandomWeights.Of("model1", 1, classes: 2), metadata));

        var read = OnnxMetadata.FromEntries(session.ModelMetadata.CustomMetadataMap, "model.onnx");
        Assert.Equivalent(metadata, read, strict: true);
        Assert.Equal("ServerlessFashion", session.ModelMetadata.ProducerName);
        Assert.Equal([-1, 2], session.OutputMetadata["logits"].Dimensions);
    }

    [Fact]
    public void Write_SameArguments_GivesTheSameBytes()
    {
        var metadata = new OnnxMetadata("r1/model1", "r1", ["a"], "ab12");

        var first = Bytes(StudyModels.Model1, 5, RandomWeights.Of("model1", 1), metadata);
        var second = Bytes(StudyModels.Model1, 5, RandomWeights.Of("model1", 1), metadata);

        Assert.Equal(first, second);
    }

    [Fact]
    public void Write_WeightMissing_NamesItAndItsShape()
    {
        var weights = RandomWeights.Of("model1", 1);
        weights.Remove("dense.bias");

        var error = Assert.Throws<InvalidInputException>(() => Bytes(StudyModels.Model1, 5, weights));

        Assert.Equal("model1: weight 'dense.bias' of shape [64] is missing.", error.Message);
    }

    [Fact]
    public void Write_WeightOfAnotherShape_NamesBothShapes()
    {
        var error = Assert.Throws<InvalidInputException>(() => Bytes(StudyModels.Model1, 10, RandomWeights.Of("model1", 1)));

        Assert.Equal("model1: weight 'classifier.weight' should have shape [10, 64], found [5, 64] with 320 values.", error.Message);
    }

    [Fact]
    public void Write_WeightLeftOver_NamesIt()
    {
        var weights = RandomWeights.Of("model1", 1);
        weights.Add("dense_1.num_batches_tracked", new WeightTensor([], [7]));
        Bytes(StudyModels.Model1, 5, weights);
        weights.Add("dense_1.weight", new WeightTensor([1], [0]));

        var error = Assert.Throws<InvalidInputException>(() => Bytes(StudyModels.Model1, 5, weights));

        Assert.Equal("model1: weight 'dense_1.weight' belongs to no layer of the model.", error.Message);
    }

    private void WriteFolder(string model, Dictionary<string, WeightTensor> weights, float[] images)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, model)).FullName;
        File.WriteAllBytes(Path.Combine(folder, "images.bin"), MemoryMarshal.AsBytes<float>(images));
        File.WriteAllText(Path.Combine(folder, "weights.json"),
            JsonSerializer.Serialize(weights.Select(pair => new { name = pair.Key, shape = pair.Value.Shape })));
        using var file = File.Create(Path.Combine(folder, "weights.bin"));
        foreach (var weight in weights.Values)
        {
            file.Write(MemoryMarshal.AsBytes<float>(weight.Values));
        }

        using var onnx = File.Create(Path.Combine(folder, "model.onnx"));
        OnnxModel.Write(ModelCatalogue.Get(model), ClassLabels.Five, weights,
            new OnnxMetadata("id", "run", ["a", "b", "c", "d", "e"], "00").ToEntries(), onnx);
    }

    private static byte[] Bytes(ModelSpec spec, int classes, Dictionary<string, WeightTensor> weights, OnnxMetadata? metadata = null)
    {
        var stream = new MemoryStream();
        var labels = classes == 5 ? ClassLabels.Five : ClassLabels.Unnamed(classes);
        OnnxModel.Write(spec, labels, weights, metadata?.ToEntries() ?? new Dictionary<string, string>(), stream);
        return stream.ToArray();
    }

    private static (float[] Logits, float[] Probabilities) RunOnnxRuntime(byte[] model, float[] images)
    {
        using var session = new InferenceSession(model);
        using var input = OrtValue.CreateTensorValueFromMemory(images, [Images, 1, 28, 28]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["images"], [input], ["logits", "probabilities"]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }

    private static float[] RandomImages(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Images * 784).Select(_ => random.Next(256) / 255f)];
    }

    private static double MaxDifference(float[] left, float[] right) => left.Zip(right, (a, b) => Math.Abs((double)a - b)).Max();

    private static double Spread(float[] values) => values.Max() - values.Min();

    private static float[] Softmax(float[] logits) =>
        [.. logits.Chunk(5).SelectMany(row => row.Select(logit => (float)(Math.Exp(logit) / row.Sum(other => Math.Exp(other)))))];
}
