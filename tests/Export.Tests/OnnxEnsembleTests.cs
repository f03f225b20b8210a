using Microsoft.ML.OnnxRuntime;
using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Export.Tests;

public class OnnxEnsembleTests
{
    private const int Images = 4;

    /// <summary>
    /// Two different architectures, one of them with a mirror image inside: the file answers with the mean of what they answer
    /// alone.
    /// </summary>
    [Fact]
    public void Write_TwoModels_GivesTheMeanOfTheirProbabilities()
    {
        byte[][] members = [Export("model1"), Export("strong")];
        var file = new MemoryStream();

        OnnxEnsemble.Write(
            "ensemble", members, new OnnxMetadata("run/ensemble/seed-1", "run", ClassLabels.Five.Names, "ab").ToEntries(), file);

        var alone = members.Select(member => Run(member).Probabilities).ToArray();
        var (logits, probabilities) = Run(file.ToArray());
        Assert.Contains(alone[0].Zip(alone[1]), pair => Math.Abs(pair.First - pair.Second) > .1);
        Assert.All(Enumerable.Range(0, Images * 5), i =>
        {
            Assert.Equal((alone[0][i] + alone[1][i]) / 2, probabilities[i], 1e-5);
            Assert.Equal(Math.Log((alone[0][i] + alone[1][i]) / 2), logits[i], 1e-4);
        });
    }

    [Fact]
    public void Write_MembersWithOtherLabels_IsRefused()
    {
        var refused = Assert.Throws<InvalidInputException>(() => OnnxEnsemble.Write(
            "ensemble", [Export("model1"), Export("model1", LabelScheme.Garments)], new Dictionary<string, string>(), new MemoryStream()));

        Assert.Equal("ensemble: the members should have the same labels, found 5 and 10.", refused.Message);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 }, "ensemble: a member is not an ONNX file.")]
    [InlineData(new byte[0], "ensemble: a member has no output 'probabilities'; it was not exported by this program.")]
    public void Write_NotAnExportedModel_IsRefused(byte[] member, string message)
    {
        var refused = Assert.Throws<InvalidInputException>(
            () => OnnxEnsemble.Write("ensemble", [member], new Dictionary<string, string>(), new MemoryStream()));

        Assert.Equal(message, refused.Message);
    }

    [Fact]
    public void Write_NoMember_IsRefused() => Assert.Throws<InvalidInputException>(
        () => OnnxEnsemble.Write("ensemble", [], new Dictionary<string, string>(), new MemoryStream()));

    private static byte[] Export(string model, LabelScheme scheme = LabelScheme.Five)
    {
        var labels = ClassLabels.Of(scheme);
        var file = new MemoryStream();
        OnnxModel.Write(
            ModelCatalogue.Get(model), labels, RandomWeights.Of(model, seed: 1, labels.Count), new Dictionary<string, string>(), file);
        return file.ToArray();
    }

    private static (float[] Logits, float[] Probabilities) Run(byte[] model)
    {
        var random = new Random(2);
        float[] images = [.. Enumerable.Range(0, Images * 784).Select(_ => random.Next(256) / 255f)];
        using var session = new InferenceSession(model);
        using var input = OrtValue.CreateTensorValueFromMemory(images, [Images, 1, 28, 28]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["images"], [input], ["logits", "probabilities"]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }
}
