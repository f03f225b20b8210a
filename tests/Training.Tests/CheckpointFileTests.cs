using ServerlessFashion.Models;

namespace ServerlessFashion.Training.Tests;

public class CheckpointFileTests
{
    [Fact]
    public void ReadHeader_OtherSafetensors_IsRefused()
    {
        using var file = Safetensors([]);

        Assert.Equal(
            "checkpoint: expected format serverless-fashion-checkpoint-1, found none.",
            Assert.Throws<InvalidInputException>(() => CheckpointFile.ReadHeader(file)).Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    public void ReadHeader_UnreadableHeader_IsRefused(string header)
    {
        using var file = Safetensors(new() { ["format"] = "serverless-fashion-checkpoint-1", ["checkpoint"] = header });

        Assert.StartsWith("checkpoint: the header", Assert.Throws<InvalidInputException>(() => CheckpointFile.ReadHeader(file)).Message, StringComparison.Ordinal);
    }

    private static MemoryStream Safetensors(Dictionary<string, string> metadata)
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, metadata, new Dictionary<string, WeightTensor>());
        stream.Position = 0;
        return stream;
    }
}
