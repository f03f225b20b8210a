using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training.Tests.Devices;

/// <summary>The samples of the driver, on <see cref="StandInLibraries"/>.</summary>
public sealed class GpuMeterTests : IDisposable
{
    /// <summary>CUDA's first device is the GPU at 0000:3B:00.0.</summary>
    private const string Cuda = """
        #include <stddef.h>
        #include <string.h>
        int cuInit(unsigned flags) { return 0; }
        int cuDeviceGetCount(int *count) { *count = 1; return 0; }
        int cuDeviceGet(int *device, int ordinal) { *device = 7 + ordinal; return 0; }
        int cuDeviceGetName(char *name, int length, int device) { strncpy(name, "Tesla T4", length); return 0; }
        int cuDeviceTotalMem_v2(size_t *bytes, int device) { *bytes = 15843721216ul; return 0; }
        int cuDriverGetVersion(int *version) { *version = 12080; return 0; }
        int cuDeviceGetPCIBusId(char *address, int length, int device) {
            if (device != 7) return 101;
            strncpy(address, "0000:3B:00.0", length);
            return 0;
        }
        """;

    /// <summary>Each sample is 20 percent more, and the memory falls after the second one.</summary>
    private const string Management = """
        #include <string.h>
        static int gpu = 5, samples = 0;
        int nvmlInit_v2(void) { return 0; }
        int nvmlDeviceGetHandleByPciBusId_v2(const char *address, void **device) {
            if (strcmp(address, "0000:3B:00.0")) return 6;
            *device = &gpu;
            return 0;
        }
        int nvmlDeviceGetUtilizationRates(void *device, struct { unsigned gpu, memory; } *use) {
            if (*(int *)device != 5) return 2;
            use->gpu = 20 * ++samples;
            use->memory = 99;
            return 0;
        }
        int nvmlDeviceGetMemoryInfo(void *device, struct { unsigned long long total, free, used; } *memory) {
            memory->total = 15843721216ull;
            memory->used = samples == 2 ? 9000000000ull : 1000000000ull;
            memory->free = memory->total - memory->used;
            return 0;
        }
        """;

    private readonly StandInLibraries _libraries = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _libraries.Dispose();

    /// <summary>Two samples in 400 ms and one at the end: 20, 40 and 60 percent. The next one is 80 percent.</summary>
    [Fact]
    public void Take_AfterSamples_GivesMeanAndMostAndBeginsAnew()
    {
        using var meter = GpuMeter.Start(_libraries.Compile(Cuda), _libraries.Compile(Management), _time)!;
        _time.Advance(TimeSpan.FromMilliseconds(400));

        var first = meter.Take()!;
        var second = meter.Take();

        Assert.Equal((.4, 9_000_000_000), (Math.Round(first.BusyShare!.Value, 12), first.MemoryBytes));
        Assert.Equal(new GpuUse(.8, 1_000_000_000), second);
    }

    /// <summary>As on a part of a GPU, of which the driver tells the memory but no use: 3 is NVML_ERROR_NOT_SUPPORTED.</summary>
    [Theory]
    [InlineData("if (*(int *)device != 5) return 2;", "return 3;")]
    [InlineData("nvmlDeviceGetUtilizationRates", "anotherName")]
    public void Take_DriverDoesNotTellTheUse_GivesTheMemory(string text, string other)
    {
        using var meter = GpuMeter.Start(
            _libraries.Compile(Cuda), _libraries.Compile(Management.Replace(text, other, StringComparison.Ordinal)), _time)!;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new GpuUse(null, 1_000_000_000), meter.Take());
    }

    [Theory]
    [InlineData("memory->total = 15843721216ull;", "return 3;")]
    [InlineData("nvmlDeviceGetMemoryInfo", "anotherName")]
    public void Take_DriverDoesNotTellTheMemory_GivesTheUse(string text, string other)
    {
        using var meter = GpuMeter.Start(
            _libraries.Compile(Cuda), _libraries.Compile(Management.Replace(text, other, StringComparison.Ordinal)), _time)!;

        Assert.Equal(new GpuUse(.2, null), meter.Take());
    }

    [Fact]
    public void Take_DriverTellsNothing_IsNull()
    {
        var management = Management
            .Replace("if (*(int *)device != 5) return 2;", "return 3;", StringComparison.Ordinal)
            .Replace("memory->total = 15843721216ull;", "return 3;", StringComparison.Ordinal);
        using var meter = GpuMeter.Start(_libraries.Compile(Cuda), _libraries.Compile(management), _time)!;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(meter.Take());
    }

    [Theory]
    [InlineData("libdoes-not-exist.so")]
    [InlineData(null)]
    public void Start_NoManagementOfTheGpu_IsNull(string? management) =>
        Assert.Null(GpuMeter.Start(
            _libraries.Compile(Cuda), management ?? _libraries.Compile("int nvmlInit_v2(void) { return 0; }"), _time));

    [Fact]
    public void Start_NoDriver_IsNull() => Assert.Null(GpuMeter.Start("libdoes-not-exist.so.1", "libdoes-not-exist.so.1", _time));
}
