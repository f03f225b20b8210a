using System.Runtime.InteropServices;
using ServerlessFashion.Devices;

namespace ServerlessFashion.Training.Devices;

/// <summary>
/// Finds the GPU that libtorch uses first, through CUDA's driver API (cuda.h). It needs neither the CUDA toolkit nor libtorch, and
/// follows CUDA_VISIBLE_DEVICES as libtorch does.
/// </summary>
internal static class CudaDriver
{
    private const int NameCapacity = 256;
    private const double BytesPerGiB = 1L << 30;

    public static readonly string CudaLibrary = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
    public static readonly string ManagementLibrary = OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1";

    // Both APIs return 0 for success.
    private delegate int CudaInit(uint flags);
    private delegate int ManagementInit();
    private delegate int GetInteger(out int value);
    private delegate int GetDevice(out int device, int ordinal);
    private delegate int GetName(byte[] name, int capacity, int device);
    private delegate int GetMemory(out nuint bytes, int device);
    private delegate int GetVersion(byte[] version, uint capacity);

    /// <summary>The first GPU, or null if there is no driver or no GPU.</summary>
    public static GpuDescription? FindGpu() => FindGpu(CudaLibrary, ManagementLibrary);

    internal static GpuDescription? FindGpu(string cudaLibrary, string managementLibrary)
    {
        // The library stays loaded: the driver does not support being unloaded.
        if (!NativeLibrary.TryLoad(cudaLibrary, out var cuda)
            || Function<CudaInit>(cuda, "cuInit") is not { } init || init(0) != 0
            || Function<GetInteger>(cuda, "cuDeviceGetCount") is not { } getCount || getCount(out var count) != 0 || count == 0
            || Function<GetDevice>(cuda, "cuDeviceGet") is not { } getDevice || getDevice(out var device, 0) != 0)
        {
            return null;
        }

        var name = new byte[NameCapacity];
        nuint bytes = 0;
        var isKnown = Function<GetName>(cuda, "cuDeviceGetName")?.Invoke(name, name.Length, device) == 0
            && Function<GetMemory>(cuda, "cuDeviceTotalMem_v2")?.Invoke(out bytes, device) == 0;
        return isKnown
            ? new GpuDescription(Text(name), DriverVersion(managementLibrary) ?? CudaVersion(cuda), Math.Round(bytes / BytesPerGiB, 1))
            : null;
    }

    /// <summary>The driver's own version, e.g. <c>570.86.10</c>; CUDA's driver API does not report it.</summary>
    private static string? DriverVersion(string managementLibrary)
    {
        var version = new byte[NameCapacity];
        return NativeLibrary.TryLoad(managementLibrary, out var management)
            && Function<ManagementInit>(management, "nvmlInit_v2")?.Invoke() == 0
            && Function<GetVersion>(management, "nvmlSystemGetDriverVersion")?.Invoke(version, (uint)version.Length) == 0
                ? Text(version)
                : null;
    }

    /// <summary>The newest CUDA version that the driver supports, e.g. <c>for CUDA 12.8</c>: 12080 stands for 12.8.</summary>
    private static string CudaVersion(nint cuda) =>
        Function<GetInteger>(cuda, "cuDriverGetVersion") is { } getVersion && getVersion(out var version) == 0
            ? FormattableString.Invariant($"for CUDA {version / 1000}.{version % 1000 / 10}")
            : "unknown";

    public static T? Function<T>(nint library, string name) where T : Delegate =>
        NativeLibrary.TryGetExport(library, name, out var address) ? Marshal.GetDelegateForFunctionPointer<T>(address) : null;

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes, 0, Math.Max(0, Array.IndexOf(bytes, (byte)0)));
}
