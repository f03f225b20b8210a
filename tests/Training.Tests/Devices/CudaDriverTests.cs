using System.ComponentModel;
using System.Diagnostics;
using ServerlessFashion.Devices;
using ServerlessFashion.Tests;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training.Tests.Devices;

/// <summary>
/// The calls into the driver, on stand-ins for its libraries that a C compiler makes from the prototypes in cuda.h and nvml.h.
/// </summary>
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

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>15,843,721,216 bytes are 14.756 GiB.</summary>
    [Fact]
    public void FindGpu_OneDevice_GivesNameDriverAndMemory() =>
        Assert.Equal(new GpuDescription("Tesla T4", "570.86.10", 14.8), CudaDriver.FindGpu(Compile(OneT4), Compile(Management)));

    [Fact]
    public void FindGpu_WithoutManagementLibrary_NamesTheCudaThatTheDriverServes() =>
        Assert.Equal("for CUDA 12.8", CudaDriver.FindGpu(Compile(OneT4), "libdoes-not-exist.so")!.Driver);

    [Theory]
    [InlineData("int cuInit(unsigned flags) { return 100; }")]
    [InlineData("int cuInit(unsigned flags) { return 0; } int cuDeviceGetCount(int *count) { *count = 0; return 0; }")]
    [InlineData("int unrelated(void) { return 0; }")]
    public void FindGpu_DriverWithoutDevices_IsNull(string source) =>
        Assert.Null(CudaDriver.FindGpu(Compile(source), "libdoes-not-exist.so"));

    [Fact]
    public void FindGpu_NoDriver_IsNull() => Assert.Null(CudaDriver.FindGpu("libdoes-not-exist.so.1", "libdoes-not-exist.so.1"));

    private string Compile(string source)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Makes shared libraries of Linux.");
        var (code, library) = (_folder.File($"{Guid.NewGuid():N}.c"), _folder.File($"lib{Guid.NewGuid():N}.so"));
        File.WriteAllText(code, source);
        try
        {
            using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", library, code]);
            compiler.WaitForExit();
            Assert.Equal(0, compiler.ExitCode);
        }
        catch (Win32Exception)
        {
            Assert.Skip("Needs a C compiler (cc) on PATH.");
        }

        return library;
    }
}
