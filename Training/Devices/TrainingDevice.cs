using ServerlessFashion.Devices;
using TorchSharp;

namespace ServerlessFashion.Training.Devices;

/// <summary>A device with the settings that affect its numeric results.</summary>
/// <remarks>
/// CPU results are bit-identical on one machine and thread count. GPU results depend on the algorithms that libtorch chooses, which
/// <see cref="DeviceSettings.Deterministic"/> restricts.
/// </remarks>
public sealed class TrainingDevice
{
    internal TrainingDevice(torch.Device device, DeviceDescription description)
    {
        Torch = device;
        Description = description;
    }

    public static TrainingDevice Cpu { get; } = new(torch.CPU, DeviceDescription.Cpu);

    /// <summary>The description for the report.</summary>
    public DeviceDescription Description { get; }

    public DeviceChoice Kind => Description.Kind;

    /// <summary>
    /// The device identity that must match for an exact resumption: <c>cpu</c>, or <c>cuda</c> with its settings, e.g.
    /// <c>cuda, TF32 off, deterministic on</c>. The GPU's model is not part of it.
    /// </summary>
    internal string Identity => Kind == DeviceChoice.Cpu
        ? "cpu"
        : $"cuda, TF32 {(Description.Tf32 == true ? "on" : "off")}, deterministic {(Description.Deterministic == true ? "on" : "off")}";

    internal torch.Device Torch { get; }

    /// <summary>The kind of an <see cref="Identity"/>.</summary>
    internal static DeviceChoice KindOf(string identity) => identity == Cpu.Identity ? DeviceChoice.Cpu : DeviceChoice.Cuda;
}
