using ServerlessFashion.Devices;

namespace ServerlessFashion.Training.Devices;

/// <summary>The device settings of this process. They are environment variables, because those configure containers.</summary>
public sealed record DeviceSettings
{
    /// <summary>The device of runs that do not request one: <c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public const string DeviceVariable = "FASHION_DEVICE";

    /// <summary>
    /// <c>true</c> lets products on a GPU round their inputs to TensorFloat-32 (10 bits of mantissa). It is faster on Ampere and later
    /// and has no effect on a T4.
    /// </summary>
    public const string Tf32Variable = "FASHION_TF32";

    /// <summary><c>false</c> allows algorithms on a GPU whose sums vary from run to run.</summary>
    public const string DeterministicVariable = "FASHION_DETERMINISTIC";

    /// <summary>The default value is <see cref="DeviceChoice.Auto"/>.</summary>
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

    /// <summary>The default value is false.</summary>
    public bool Tf32 { get; init; }

    /// <summary>The default value is true.</summary>
    public bool Deterministic { get; init; } = true;

    /// <param name="read">Returns the value of a variable; null or empty if it is not set.</param>
    /// <exception cref="InvalidInputException">A value is invalid; the message names its variable.</exception>
    public static DeviceSettings Read(Func<string, string?> read) => new()
    {
        Device = ReadDevice(read(DeviceVariable)),
        Tf32 = ReadSwitch(Tf32Variable, read(Tf32Variable)) ?? false,
        Deterministic = ReadSwitch(DeterministicVariable, read(DeterministicVariable)) ?? true,
    };

    private static DeviceChoice ReadDevice(string? text) => text?.ToLowerInvariant() switch
    {
        null or "" or "auto" => DeviceChoice.Auto,
        "cpu" => DeviceChoice.Cpu,
        "cuda" => DeviceChoice.Cuda,
        _ => throw new InvalidInputException($"{DeviceVariable}: expected auto, cpu or cuda, found '{text}'."),
    };

    private static bool? ReadSwitch(string variable, string? text) => text?.ToLowerInvariant() switch
    {
        null or "" => null,
        "true" => true,
        "false" => false,
        _ => throw new InvalidInputException($"{variable}: expected true or false, found '{text}'."),
    };
}
