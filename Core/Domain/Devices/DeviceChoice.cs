namespace ServerlessFashion.Devices;

/// <summary>The device that the trainings of a run compute on.</summary>
public enum DeviceChoice
{
    /// <summary>The setting of the process that trains; without one its GPU, or its CPU if it has no GPU that it can use.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The first NVIDIA GPU. A training fails at its start where there is none.</summary>
    Cuda,
}
