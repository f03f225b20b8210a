using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using ServerlessFashion.Models;

namespace ServerlessFashion.Export.Tests;

/// <summary>Runs a part of a graph in ONNX Runtime, which is independent of the code that built it.</summary>
internal static class GraphRun
{
    /// <summary>The values that <paramref name="build"/>'s result has for a batch of inputs.</summary>
    /// <param name="shape">Shape of one input.</param>
    /// <param name="values">The batch, input after input.</param>
    /// <param name="weights">Weights by name: shape and values.</param>
    public static float[] Of(
        int[] shape, float[] values, Func<OnnxGraph, OnnxValue, OnnxValue> build, Dictionary<string, WeightTensor>? weights = null)
    {
        var graph = new OnnxGraph("part", weights ?? []);
        graph.AddInput("images", shape);
        var output = build(graph, new OnnxValue("images", shape));
        graph.AddOutput(output);
        var bytes = OnnxModel.Wrap(graph.Build(), "part", new Dictionary<string, string>()).ToByteArray();

        using var session = new InferenceSession(bytes);
        var count = values.Length / shape.Aggregate(1, (product, size) => product * size);
        using var input = OrtValue.CreateTensorValueFromMemory(values, [count, .. shape.Select(size => (long)size)]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["images"], [input], [output.Name]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public static void AssertNear(float[] expected, float[] actual, float tolerance = 1e-5f)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
