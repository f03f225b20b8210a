using ServerlessFashion.Devices;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training.Tests.Devices;

public sealed class TrainingDevicesTests
{
    private static readonly GpuDescription T4 = new("Tesla T4", "570.86.10", 15.6);

    [Theory]
    [InlineData("cuda", true, DeviceChoice.Auto, DeviceChoice.Cuda)]
    [InlineData("cuda", true, DeviceChoice.Cpu, DeviceChoice.Cpu)]
    [InlineData("cuda", true, DeviceChoice.Cuda, DeviceChoice.Cuda)]
    [InlineData("cuda", false, DeviceChoice.Auto, DeviceChoice.Cpu)]
    [InlineData("cpu", true, DeviceChoice.Auto, DeviceChoice.Cpu)]
    [InlineData("cpu", false, DeviceChoice.Cpu, DeviceChoice.Cpu)]
    public void Expect_BuildAndMachine_GiveTheDevice(string build, bool hasGpu, DeviceChoice asked, DeviceChoice expected) =>
        Assert.Equal(expected, Devices(build, hasGpu ? T4 : null).Expect(asked));

    [Theory]
    [InlineData("cpu", true, "device: cuda was asked for, but this program carries the CPU build of libtorch")]
    [InlineData("cuda", false, "device: cuda was asked for, but the NVIDIA driver finds no GPU on this machine; use cpu or auto.")]
    public void Expect_CudaThatCannotBeHad_SaysWhy(string build, bool hasGpu, string message)
    {
        var error = Assert.Throws<InvalidInputException>(() => Devices(build, hasGpu ? T4 : null).Expect(DeviceChoice.Cuda));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("use cpu or auto.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_NothingAsked_IsTheSetting()
    {
        var devices = new TrainingDevices(new DeviceSettings { Device = DeviceChoice.Cpu }, "cuda", () => T4, () => true);

        Assert.Equal(DeviceChoice.Cpu, devices.Choose(null));
        Assert.Equal(DeviceChoice.Cuda, devices.Choose(DeviceChoice.Cuda));
    }

    /// <summary>A run that asks for auto leaves the choice to the setting of the app that trains.</summary>
    [Fact]
    public void Expect_AutoWithASetting_IsTheSetting()
    {
        var devices = new TrainingDevices(new DeviceSettings { Device = DeviceChoice.Cpu }, "cuda", () => T4, () => true);

        Assert.Equal(DeviceChoice.Cpu, devices.Expect(DeviceChoice.Auto));
    }

    [Fact]
    public void Open_LibtorchCannotUseTheGpu_AutoTakesTheCpuAndCudaSaysWhy()
    {
        var devices = Devices("cuda", T4, libtorchHasGpu: false);

        Assert.Equal(DeviceChoice.Cpu, devices.Open(DeviceChoice.Auto).Kind);
        Assert.Equal(
            "device: cuda was asked for, but libtorch cannot use the GPU Tesla T4, 15.6 GiB, driver 570.86.10; "
            + "its driver may be too old for CUDA 12.8; use cpu or auto.",
            Assert.Throws<InvalidInputException>(() => devices.Open(DeviceChoice.Cuda)).Message);
    }

    /// <summary>A checkpoint goes on where it began, also on a machine that would choose another device today.</summary>
    [Fact]
    public void Open_BegunOnTheCpu_StaysThere() =>
        Assert.Equal(DeviceChoice.Cpu, Devices("cuda", T4).Open(DeviceChoice.Auto, begunOn: DeviceChoice.Cpu).Kind);

    /// <summary>The parent plans as the child will train.</summary>
    [Theory]
    [InlineData(DeviceChoice.Cpu, DeviceChoice.Cpu)]
    [InlineData(null, DeviceChoice.Cuda)]
    public void Expect_BegunBefore_IsTheSameDevice(DeviceChoice? begunOn, DeviceChoice expected) =>
        Assert.Equal(expected, Devices("cuda", T4).Expect(DeviceChoice.Auto, begunOn));

    [Fact]
    public void Open_BegunOnAGpuThatIsGone_SaysSo() => Assert.Equal(
        "device: the training began on cuda and can only continue there; the NVIDIA driver finds no GPU on this machine.",
        Assert.Throws<InvalidInputException>(() => Devices("cuda", null).Open(DeviceChoice.Auto, begunOn: DeviceChoice.Cuda)).Message);

    [Fact]
    public void Describe_Gpu_NamesItWithMemoryAndDriver()
    {
        Assert.Equal("cuda: Tesla T4, 15.6 GiB, driver 570.86.10", Devices("cuda", T4).Describe(null));
        Assert.Equal("cpu", Devices("cpu", T4).Describe(null));
    }

    private static TrainingDevices Devices(string build, GpuDescription? gpu, bool libtorchHasGpu = true) =>
        new(new DeviceSettings(), build, () => gpu, () => libtorchHasGpu);
}
