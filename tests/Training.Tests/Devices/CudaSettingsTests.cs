using ServerlessFashion.Training.Devices;
using TorchSharp;

namespace ServerlessFashion.Training.Tests.Devices;

/// <summary>The settings are libtorch's own and the CPU build has them too, so that they can be seen without a GPU.</summary>
public sealed class CudaSettingsTests : IDisposable
{
    public CudaSettingsTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libtorch exports these symbols on Linux.");
        torch.InitializeDeviceType(DeviceType.CPU);
    }

    public void Dispose()
    {
        CudaSettings.Apply(new DeviceSettings { Tf32 = false, Deterministic = false });
        CudaSettings.SetDeterministic(false);
    }

    [Fact]
    public void Apply_Deterministic_ReachesLibtorch()
    {
        Assert.False(CudaSettings.IsDeterministic());

        CudaSettings.Apply(new DeviceSettings { Deterministic = true });

        Assert.True(CudaSettings.IsDeterministic());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Apply_Tf32_ReachesLibtorch(bool tf32)
    {
        CudaSettings.Apply(new DeviceSettings { Tf32 = tf32, Deterministic = false });

        Assert.Equal(tf32, torch.backends.cuda.matmul.allow_tf32);
        Assert.Equal(tf32, torch.backends.cudnn.allow_tf32);
    }
}
