using ServerlessFashion.Data;

namespace ServerlessFashion.Runs;

/// <summary>The status of a run.</summary>
public enum RunStatus
{
    /// <summary>The run waits for its turn: for the first time, or again after a resume.</summary>
    Pending,
    Running,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>One row of the table of runs: what lists show. What the run trains is in its <see cref="RunDefinition"/>.</summary>
public sealed record RunRecord
{
    public required string Id { get; init; }
    public required RunStatus Status { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>
    /// When the workflow began last: at <see cref="StartedAt"/>, or when a process continued the run after an interruption.
    /// </summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>The preset of the run.</summary>
    public required string Preset { get; init; }

    /// <summary>Name of the run's data set; null in runs that were stored before lists knew it.</summary>
    public string? Dataset { get; init; }

    /// <summary>The names of the run's models.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Name of the winning model, once compared.</summary>
    public string? Winner { get; init; }

    /// <summary>
    /// The winning model with the seed that has the best validation accuracy, once compared. Null for other runs, and for runs that
    /// were stored before lists showed it.
    /// </summary>
    public EvaluatedModel? Best { get; init; }

    /// <summary>Why the run failed.</summary>
    public string? Error { get; init; }

    /// <summary>Name, tags and notes.</summary>
    public RunDescription Description { get; init; } = RunDescription.None;

    /// <summary>
    /// From the first start to the end, including pauses before a resume. Null before the end, and for a run that never started.
    /// </summary>
    public TimeSpan? Duration => IsFinished ? FinishedAt - StartedAt : null;

    public bool IsFinished => Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled;

    /// <summary>The row of a run with this configuration.</summary>
    public static RunRecord Of(string id, RunStatus status, DateTimeOffset createdAt, RunConfiguration configuration) => new()
    {
        Id = id,
        Status = status,
        CreatedAt = createdAt,
        Preset = configuration.Preset,
        Dataset = configuration.Dataset ?? DatasetDescription.FashionMnistName,
        Models = NamesOf(configuration),
    };

    /// <summary>The same row for another configuration.</summary>
    public RunRecord With(RunConfiguration configuration) => this with { Preset = configuration.Preset, Models = NamesOf(configuration) };

    private static string[] NamesOf(RunConfiguration configuration) => [.. configuration.Models.Select(model => model.Name)];
}
