using ServerlessFashion.Devices;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training.Tests.Devices;

public sealed class TrainingDeviceTests
{
    private static readonly GpuDescription T4 = new("Tesla T4", "570.86.10", 15.6);

    [Fact]
    public void Cpu_IdentityAndKind_AreTheCpus()
    {
        Assert.Equal("cpu", TrainingDevice.Cpu.Identity);
        Assert.Equal(DeviceChoice.Cpu, TrainingDevice.Cpu.Kind);
        Assert.Null(TrainingDevice.Cpu.Description.Gpu);
    }

    /// <summary>The bits of a result depend on these settings, so a training cannot resume a checkpoint with others.</summary>
    [Theory]
    [InlineData(false, true, "cuda, TF32 off, deterministic on")]
    [InlineData(true, false, "cuda, TF32 on, deterministic off")]
    public void Identity_Cuda_HoldsItsSettings(bool tf32, bool deterministic, string expected)
    {
        var description = new DeviceDescription(DeviceChoice.Cuda, T4) { Tf32 = tf32, Deterministic = deterministic };

        var identity = new TrainingDevice(TorchSharp.torch.CPU, description).Identity;

        Assert.Equal(expected, identity);
        Assert.Equal(DeviceChoice.Cuda, TrainingDevice.KindOf(identity));
        Assert.Equal(DeviceChoice.Cpu, TrainingDevice.KindOf("cpu"));
    }
}
