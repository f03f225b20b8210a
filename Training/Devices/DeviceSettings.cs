using ServerlessFashion.Devices;
using ServerlessFashion.Settings;

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

    private static readonly Setting<DeviceChoice> DeviceSetting = Setting.Choice(DeviceVariable, DeviceChoice.Auto);
    private static readonly Setting<bool> Tf32Setting = Switch(Tf32Variable, false);
    private static readonly Setting<bool> DeterministicSetting = Switch(DeterministicVariable, true);

    /// <exception cref="InvalidInputException">A value cannot be used; the message names its variable.</exception>
    public static DeviceSettings Read(SettingSource settings) => new()
    {
        Device = settings.Get(DeviceSetting),
        Tf32 = settings.Get(Tf32Setting),
        Deterministic = settings.Get(DeterministicSetting),
    };

    private static Setting<bool> Switch(string name, bool defaultValue) => new(name, defaultValue, "true or false", bool.TryParse);
}
