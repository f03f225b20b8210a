using System.Text.Json;
using ServerlessFashion.Devices;
using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Serialization;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Sessions;

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

        Assert.StartsWith(
            "checkpoint: the header", Assert.Throws<InvalidInputException>(() => CheckpointFile.ReadHeader(file)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The bits of a GPU are not those of the CPU.</summary>
    [Fact]
    public void RequireResumable_OtherDevice_IsRefusedWithTheRemedy()
    {
        var request = Tiny.Request(Tiny.Spec);
        var onGpu = new DeviceDescription(DeviceChoice.Cuda, new GpuDescription("Tesla T4", "570.86.10", 14.8))
        {
            Tf32 = false,
            Deterministic = true,
        };

        var header = HeaderOf(request);

        Assert.Equal("cpu", header.Device);
        CheckpointFile.RequireResumable(header, request);
        Assert.Equal(
            "checkpoint: it was written on cpu, and this process trains on cuda, TF32 off, deterministic on; "
            + "set FASHION_DEVICE, FASHION_TF32 and FASHION_DETERMINISTIC as they were.",
            Assert.Throws<InvalidInputException>(
                () => CheckpointFile.RequireResumable(
                    header, request with { Device = new TrainingDevice(TorchSharp.torch.CPU, onGpu) })).Message);
    }

    /// <summary>As the versions before devices wrote it.</summary>
    [Fact]
    public void ReadHeader_WithoutADevice_IsTheCpus()
    {
        var json = JsonSerializer.SerializeToNode(HeaderOf(Tiny.Request(Tiny.Spec)), Json.Compact)!.AsObject();
        Assert.True(json.Remove("device"));
        using var file = Safetensors(new() { ["format"] = "serverless-fashion-checkpoint-1", ["checkpoint"] = json.ToJsonString() });

        Assert.Equal("cpu", CheckpointFile.ReadHeader(file).Device);
    }

    private static CheckpointHeader HeaderOf(TrainingRequest request)
    {
        using var session = TrainingSession.Start(request);
        using var checkpoint = new MemoryStream();
        session.SaveCheckpoint(checkpoint);
        checkpoint.Position = 0;
        return CheckpointFile.ReadHeader(checkpoint);
    }

    private static MemoryStream Safetensors(Dictionary<string, string> metadata)
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, metadata, new Dictionary<string, WeightTensor>());
        stream.Position = 0;
        return stream;
    }
}
