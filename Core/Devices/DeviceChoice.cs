namespace ServerlessFashion.Devices;

/// <summary>The device that the trainings of a run compute on.</summary>
public enum DeviceChoice
{
    /// <summary>The GPU of the machine that trains, or its CPU where it has none.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The first NVIDIA GPU. A training fails at its start where there is none.</summary>
    Cuda,
}
