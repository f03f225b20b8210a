using System.Text.Json.Serialization;

namespace ServerlessFashion.Devices;

/// <summary>The device that a training computed on.</summary>
/// <param name="Kind"><see cref="DeviceChoice.Cpu"/> or <see cref="DeviceChoice.Cuda"/>.</param>
/// <param name="Gpu">The GPU; null on the CPU.</param>
public sealed record DeviceDescription(DeviceChoice Kind, GpuDescription? Gpu)
{
    public static DeviceDescription Cpu { get; } = new(DeviceChoice.Cpu, null);

    /// <summary>True if matrix products and convolutions may round their inputs to TensorFloat-32; null on the CPU.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Tf32 { get; init; }

    /// <summary>True if libtorch uses only deterministic algorithms; null on the CPU, where all algorithms are deterministic.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Deterministic { get; init; }

    /// <summary>One line for people, e.g. <c>cuda: Tesla T4, 15.6 GiB, driver 570.86</c>.</summary>
    public override string ToString() => Gpu is null ? "cpu" : $"cuda: {Gpu}";
}

/// <summary>An NVIDIA GPU as its driver describes it.</summary>
/// <param name="Name">Product name, e.g. <c>Tesla T4</c>.</param>
/// <param name="Driver">Version of the driver.</param>
/// <param name="MemoryGiB">Memory in GiB.</param>
public sealed record GpuDescription(string Name, string Driver, double MemoryGiB)
{
    public override string ToString() => FormattableString.Invariant($"{Name}, {MemoryGiB:0.0} GiB, driver {Driver}");
}
