using ServerlessFashion.Data;

namespace ServerlessFashion.Runs;

/// <summary>Selects runs. A run matches if it fits every condition that is given.</summary>
public sealed record RunFilter
{
    public static RunFilter All { get; } = new();

    public RunStatus? Status { get; init; }

    /// <summary>A tag of the run, in the same case.</summary>
    public string? Tag { get; init; }

    /// <summary>The name of a model that the run trains.</summary>
    public string? Model { get; init; }

    /// <summary>The name of the data set that the run uses.</summary>
    public string? Dataset { get; init; }

    /// <summary>The run was created then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Text in the id, name, tags, notes, preset or models of the run, in any case.</summary>
    public string? Search { get; init; }

    public bool Matches(RunRecord run) =>
        (Status is null || run.Status == Status)
        && (Since is null || run.CreatedAt >= Since)
        && (Dataset is null || (run.Dataset ?? DatasetDescription.FashionMnistName) == Dataset)
        && (Model is null || run.Models.Contains(Model))
        && (Tag is null || run.Description.Tags.Contains(Tag))
        && (Search is null || TextsOf(run).Any(text => text.Contains(Search, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> TextsOf(RunRecord run) =>
    [
        run.Id, run.Description.Name ?? "", .. run.Description.Tags, run.Description.Notes ?? "", run.Preset, .. run.Models,
    ];
}
