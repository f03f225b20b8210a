using System.Runtime.InteropServices;
using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Training.Devices;

/// <summary>
/// Samples the use of the GPU that libtorch uses first, through NVIDIA's management library (nvml.h). A training must not fail because of
/// it: what the driver does not tell is left out.
/// </summary>
internal sealed class GpuMeter : IDisposable
{
    /// <summary>The driver's own figure covers between a sixth of a second and a second, depending on the GPU.</summary>
    internal static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(200);

    private const int AddressCapacity = 32;
    private const double Percent = 100;

    private readonly Lock _lock = new();
    private readonly nint _device;
    private readonly GetUtilization? _getUtilization;
    private readonly GetMemoryInfo? _getMemory;
    private readonly ITimer _timer;
    private double _busy;
    private int _samples;
    private long? _memory;

    private GpuMeter(nint device, GetUtilization? getUtilization, GetMemoryInfo? getMemory, TimeProvider time)
    {
        _device = device;
        _getUtilization = getUtilization;
        _getMemory = getMemory;
        _timer = time.CreateTimer(_ => Sample(), null, SampleInterval, SampleInterval);
    }

    // Both APIs return 0 for success.
    private delegate int GetDevice(out int device, int ordinal);
    private delegate int GetAddress(byte[] address, int capacity, int device);
    private delegate int ManagementInit();
    private delegate int GetHandle(byte[] address, out nint device);
    private delegate int GetUtilization(nint device, out Utilization use);
    private delegate int GetMemoryInfo(nint device, out Memory memory);

    /// <summary>Begins to sample; null where there is no NVIDIA GPU or no management library.</summary>
    public static GpuMeter? Start(TimeProvider time) => Start(CudaDriver.CudaLibrary, CudaDriver.ManagementLibrary, time);

    internal static GpuMeter? Start(string cudaLibrary, string managementLibrary, TimeProvider time)
    {
        if (CudaDriver.FindGpu(cudaLibrary, managementLibrary) is null
            || !NativeLibrary.TryLoad(cudaLibrary, out var cuda) || !NativeLibrary.TryLoad(managementLibrary, out var management))
        {
            return null;
        }

        // Ordinals of the two libraries may differ, and only CUDA's follow CUDA_VISIBLE_DEVICES. The PCI address is the same in both.
        var address = new byte[AddressCapacity];
        nint handle = 0;
        var getUtilization = CudaDriver.Function<GetUtilization>(management, "nvmlDeviceGetUtilizationRates");
        var getMemory = CudaDriver.Function<GetMemoryInfo>(management, "nvmlDeviceGetMemoryInfo");
        return CudaDriver.Function<GetDevice>(cuda, "cuDeviceGet") is { } getDevice && getDevice(out var device, 0) == 0
            && CudaDriver.Function<GetAddress>(cuda, "cuDeviceGetPCIBusId")?.Invoke(address, address.Length, device) == 0
            && CudaDriver.Function<ManagementInit>(management, "nvmlInit_v2")?.Invoke() == 0
            && CudaDriver.Function<GetHandle>(management, "nvmlDeviceGetHandleByPciBusId_v2")?.Invoke(address, out handle) == 0
            && (getUtilization is not null || getMemory is not null)
                ? new GpuMeter(handle, getUtilization, getMemory, time)
                : null;
    }

    /// <summary>Returns the use since the last call, and begins anew; null if the driver told nothing.</summary>
    public GpuUse? Take()
    {
        Sample();
        lock (_lock)
        {
            double? busy = _samples == 0 ? null : _busy / _samples;
            var use = busy is null && _memory is null ? null : new GpuUse(busy, _memory);
            (_busy, _samples, _memory) = (0, 0, null);
            return use;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        lock (_lock)
        {
            if (_getUtilization is not null && _getUtilization(_device, out var use) == 0)
            {
                _busy += use.Gpu / Percent;
                _samples++;
            }

            if (_getMemory is not null && _getMemory(_device, out var memory) == 0)
            {
                _memory = Math.Max(_memory ?? 0, (long)memory.Used);
            }
        }
    }

    /// <summary><c>nvmlUtilization_t</c>: percent of the time in which a kernel ran, and in which memory was read or written.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Utilization
    {
        public uint Gpu;
        public uint Memory;
    }

    /// <summary><c>nvmlMemory_t</c>, in bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Memory
    {
        public ulong Total;
        public ulong Free;
        public ulong Used;
    }
}
