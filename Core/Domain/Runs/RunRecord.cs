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

/// <summary>One row of the table of runs.</summary>
public sealed record RunRecord
{
    public required string Id { get; init; }
    public required RunStatus Status { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required RunConfiguration Configuration { get; init; }

    /// <summary>Name of the winning model, once compared.</summary>
    public string? Winner { get; init; }

    /// <summary>Why the run failed.</summary>
    public string? Error { get; init; }

    public bool IsFinished => Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled;
}
