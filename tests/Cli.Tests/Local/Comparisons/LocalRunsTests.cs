using ServerlessFashion.Cli.Local.Comparisons;
using ServerlessFashion.Devices;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Cli.Tests.Local.Comparisons;

public sealed class LocalRunsTests
{
    private static readonly TrainingDevices CpuOnly = new(new DeviceSettings(), "cpu", () => null, () => false);

    private static readonly TrainingDevices WithGpu = new(
        new DeviceSettings(), "cuda", () => new GpuDescription("Tesla T4", "570.86", 15.6), () => true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    public void TrainingSlots_OnTheCpu_ShareTheCores(int threads) =>
        Assert.Equal(
            threads > Environment.ProcessorCount ? 1 : Environment.ProcessorCount / threads,
            LocalRuns.TrainingSlots(Configure(threads, DeviceChoice.Cpu), CpuOnly, begunOn: null));

    [Fact]
    public void TrainingSlots_OnAGpu_AreOne() =>
        Assert.Equal(1, LocalRuns.TrainingSlots(Configure(1, DeviceChoice.Cuda), WithGpu, begunOn: null));

    /// <summary>A run that began on the CPU keeps it, although the machine has a GPU now.</summary>
    [Fact]
    public void TrainingSlots_RunThatBeganOnTheCpu_ShareTheCores() =>
        Assert.Equal(Environment.ProcessorCount, LocalRuns.TrainingSlots(Configure(1, DeviceChoice.Auto), WithGpu, DeviceChoice.Cpu));

    [Fact]
    public void TrainingSlots_CudaWithoutAGpu_IsRefused() => Assert.StartsWith(
        "device: cuda was asked for, but ",
        Assert.Throws<InvalidInputException>(
            () => LocalRuns.TrainingSlots(Configure(1, DeviceChoice.Cuda), CpuOnly, begunOn: null)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Threads_OneTraining_GetsAllCores() => Assert.Equal(Environment.ProcessorCount, LocalRuns.Threads(1));

    private static RunConfiguration Configure(int threads, DeviceChoice device) =>
        Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = ["model1"] }, _ => threads).Configuration
            with
        { ThreadsPerTraining = threads, Device = device };
}
