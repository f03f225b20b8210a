namespace ServerlessFashion.Devices;

/// <summary>The device that the trainings of a run compute on.</summary>
public enum DeviceChoice
{
    /// <summary>The setting of the training process. Without a setting, its GPU, or its CPU if it has no usable GPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The first NVIDIA GPU. Without one, a training fails at its start.</summary>
    Cuda,
}
