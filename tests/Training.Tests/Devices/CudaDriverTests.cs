using ServerlessFashion.Devices;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training.Tests.Devices;

/// <summary>The calls into the driver, on <see cref="StandInLibraries"/>.</summary>
public sealed class CudaDriverTests : IDisposable
{
    private const string OneT4 = """
        #include <stddef.h>
        #include <string.h>
        int cuInit(unsigned flags) { return flags == 0 ? 0 : 1; }
        int cuDeviceGetCount(int *count) { *count = 1; return 0; }
        int cuDeviceGet(int *device, int ordinal) { *device = 7 + ordinal; return 0; }
        int cuDeviceGetName(char *name, int length, int device) {
            if (device != 7) return 101;
            strncpy(name, "Tesla T4", length);
            return 0;
        }
        int cuDeviceTotalMem_v2(size_t *bytes, int device) { if (device != 7) return 101; *bytes = 15843721216ul; return 0; }
        int cuDriverGetVersion(int *version) { *version = 12080; return 0; }
        """;

    private const string Management = """
        #include <string.h>
        int nvmlInit_v2(void) { return 0; }
        int nvmlSystemGetDriverVersion(char *version, unsigned length) { strncpy(version, "570.86.10", length); return 0; }
        """;

    private readonly StandInLibraries _libraries = new();

    public void Dispose() => _libraries.Dispose();

    /// <summary>15,843,721,216 bytes are 14.756 GiB.</summary>
    [Fact]
    public void FindGpu_OneDevice_GivesNameDriverAndMemory() =>
        Assert.Equal(
            new GpuDescription("Tesla T4", "570.86.10", 14.8),
            CudaDriver.FindGpu(_libraries.Compile(OneT4), _libraries.Compile(Management)));

    [Fact]
    public void FindGpu_WithoutManagementLibrary_NamesTheCudaThatTheDriverServes() =>
        Assert.Equal("for CUDA 12.8", CudaDriver.FindGpu(_libraries.Compile(OneT4), "libdoes-not-exist.so")!.Driver);

    [Theory]
    [InlineData("int cuInit(unsigned flags) { return 100; }")]
    [InlineData("int cuInit(unsigned flags) { return 0; } int cuDeviceGetCount(int *count) { *count = 0; return 0; }")]
    [InlineData("int unrelated(void) { return 0; }")]
    public void FindGpu_DriverWithoutDevices_IsNull(string source) =>
        Assert.Null(CudaDriver.FindGpu(_libraries.Compile(source), "libdoes-not-exist.so"));

    [Fact]
    public void FindGpu_NoDriver_IsNull() => Assert.Null(CudaDriver.FindGpu("libdoes-not-exist.so.1", "libdoes-not-exist.so.1"));
}
