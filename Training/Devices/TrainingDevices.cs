using ServerlessFashion.Devices;
using TorchSharp;

namespace ServerlessFashion.Training.Devices;

/// <summary>The devices that this process can train on. It searches for a GPU once, on first use.</summary>
public sealed class TrainingDevices
{
    private readonly DeviceSettings _settings;
    private readonly Lazy<GpuDescription?> _gpu;
    private readonly Lazy<bool> _libtorchHasGpu;
    private readonly string _build;
    private readonly Lazy<TrainingDevice> _cuda;

    public TrainingDevices(DeviceSettings settings)
        : this(settings, TorchLibrary.Build, CudaDriver.FindGpu, LibtorchHasGpu)
    {
    }

    /// <param name="build">The libtorch build of the program: <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="findGpu">Finds the machine's first GPU through its driver.</param>
    /// <param name="libtorchHasGpu">Returns true if libtorch can use the GPU. Loads libtorch.</param>
    internal TrainingDevices(DeviceSettings settings, string build, Func<GpuDescription?> findGpu, Func<bool> libtorchHasGpu)
    {
        _settings = settings;
        _build = build;
        _gpu = new(findGpu);
        _libtorchHasGpu = new(libtorchHasGpu);
        _cuda = new(OpenCuda);
    }

    /// <summary>The setting for runs that leave the choice to this process.</summary>
    public DeviceChoice Setting => _settings.Device;

    /// <summary>The machine's first NVIDIA GPU, even if this build cannot use it; null if the driver finds none.</summary>
    public GpuDescription? Gpu => _gpu.Value;

    /// <summary>Returns the device of a new run: <paramref name="asked"/>, or the setting if that is null.</summary>
    /// <exception cref="InvalidInputException">The device is cuda, and this program or machine does not support it.</exception>
    public DeviceChoice Choose(DeviceChoice? asked)
    {
        var chosen = asked ?? _settings.Device;
        Expect(chosen);
        return chosen;
    }

    /// <summary>
    /// Returns the expected device of a run without loading libtorch, for a process that does not train. The training process may
    /// still find that libtorch cannot use the GPU.
    /// </summary>
    /// <param name="asked">The device that the run requests; null for the setting.</param>
    /// <param name="begunOn">The device that its trainings started on and keep; null before the first training.</param>
    /// <returns><see cref="DeviceChoice.Cpu"/> or <see cref="DeviceChoice.Cuda"/>.</returns>
    /// <exception cref="InvalidInputException">cuda is requested, and this program or machine does not support it.</exception>
    public DeviceChoice Expect(DeviceChoice? asked, DeviceChoice? begunOn = null) => Chosen(asked, begunOn) switch
    {
        DeviceChoice.Cpu => DeviceChoice.Cpu,
        DeviceChoice.Cuda => WhyNoCuda() is { } reason ? throw Unavailable(reason, begunOn) : DeviceChoice.Cuda,
        _ => WhyNoCuda() is null ? DeviceChoice.Cuda : DeviceChoice.Cpu,
    };

    /// <summary>Describes the device of a run, e.g. <c>cuda: Tesla T4, 15.6 GiB, driver 570.86</c>.</summary>
    /// <inheritdoc cref="Expect"/>
    public string Describe(DeviceChoice? asked, DeviceChoice? begunOn = null) =>
        Expect(asked, begunOn) == DeviceChoice.Cpu ? "cpu" : $"cuda: {Gpu}";

    /// <summary>Opens the device of a training in this process.</summary>
    /// <param name="asked">The device that the run requests; null for the setting.</param>
    /// <param name="begunOn">The device of the training's checkpoint, which the training keeps; null at its start.</param>
    /// <exception cref="InvalidInputException">cuda is needed, and this program or machine does not support it.</exception>
    public TrainingDevice Open(DeviceChoice? asked, DeviceChoice? begunOn = null)
    {
        var chosen = Chosen(asked, begunOn);
        if (chosen == DeviceChoice.Cpu)
        {
            return TrainingDevice.Cpu;
        }

        return (WhyNoCuda() ?? WhyLibtorchHasNoGpu()) switch
        {
            null => _cuda.Value,
            _ when chosen == DeviceChoice.Auto => TrainingDevice.Cpu,
            var reason => throw Unavailable(reason, begunOn),
        };
    }

    /// <summary>A separate method, because a process that never calls it must not load TorchSharp.</summary>
    private static bool LibtorchHasGpu() => torch.cuda.is_available();

    private DeviceChoice Chosen(DeviceChoice? asked, DeviceChoice? begunOn) =>
        asked is null or DeviceChoice.Auto ? begunOn ?? _settings.Device : asked.Value;

    private string? WhyNoCuda()
    {
        if (_build != TorchLibrary.CudaBuild)
        {
            return "this program carries the CPU build of libtorch (build it with FASHION_TORCH=cuda ./fashion, or -p:TorchBuild=cuda)";
        }

        return Gpu is null ? "the NVIDIA driver finds no GPU on this machine" : null;
    }

    private string? WhyLibtorchHasNoGpu() =>
        _libtorchHasGpu.Value ? null : $"libtorch cannot use the GPU {Gpu}; its driver may be too old for CUDA {TorchLibrary.CudaVersion}";

    private static InvalidInputException Unavailable(string reason, DeviceChoice? begunOn) => new(begunOn == DeviceChoice.Cuda
        ? $"device: the training began on cuda and can only continue there; {reason}."
        : $"device: cuda was asked for, but {reason}; use cpu or auto.");

    private TrainingDevice OpenCuda()
    {
        CudaSettings.Apply(_settings);
        var description = new DeviceDescription(DeviceChoice.Cuda, Gpu) { Tf32 = _settings.Tf32, Deterministic = _settings.Deterministic };
        return new TrainingDevice(torch.CUDA, description);
    }
}
