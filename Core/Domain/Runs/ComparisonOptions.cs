using ServerlessFashion.Data;
using ServerlessFashion.Devices;

namespace ServerlessFashion.Runs;

/// <summary>What a caller may ask of a comparison; everything is optional. The same for the command line and for HTTP.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The default value is <c>quick</c>.</summary>
    public string? Preset { get; init; }

    /// <summary>Names of models; the default value is all models of the preset.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>The default value is <see cref="LabelScheme.Five"/>.</summary>
    public LabelScheme? Labels { get; init; }

    /// <summary>The default value is <see cref="DatasetSplit.Competition"/>.</summary>
    public DatasetSplit? Split { get; init; }

    /// <summary>How many times every model is trained, with seeds 1, 2, ...; the default value is 1.</summary>
    public int? Seeds { get; init; }

    /// <summary>Epochs by model name, over all its phases; the default value is the preset's.</summary>
    public IReadOnlyDictionary<string, int>? Epochs { get; init; }

    /// <summary>Time such as <c>30m</c> within which the run is to end, with fewer epochs where it must; the default value is no limit.</summary>
    public string? Budget { get; init; }

    /// <summary>The default value is the host's setting, which is <see cref="DeviceChoice.Auto"/> unless it was changed.</summary>
    public DeviceChoice? Device { get; init; }
}
