using ServerlessFashion.Data;
using ServerlessFashion.Devices;

namespace ServerlessFashion.Runs;

/// <summary>The options of a comparison, the same for the command line and HTTP. All are optional.</summary>
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

    /// <summary>The number of trainings of every model, with seeds 1, 2, ...; the default value is 1.</summary>
    public int? Seeds { get; init; }

    /// <summary>Epochs by model name, over all its phases; the default value is the preset's.</summary>
    public IReadOnlyDictionary<string, int>? Epochs { get; init; }

    /// <summary>
    /// The time limit of the run, such as <c>30m</c>; the run trains fewer epochs to meet it. The default value is no limit.
    /// </summary>
    public string? Budget { get; init; }

    /// <summary>The default value is the host's setting, which is <see cref="DeviceChoice.Auto"/> by default.</summary>
    public DeviceChoice? Device { get; init; }
}
