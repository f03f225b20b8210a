namespace ServerlessFashion.Pipeline;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
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

/// <summary>Which status may follow which.</summary>
public static class RunStatusTransitions
{
    /// <summary>True when a run may go from <paramref name="from"/> to <paramref name="to"/>; staying is always allowed.</summary>
    public static bool IsValid(RunStatus from, RunStatus to) => from == to || (from, to) switch
    {
        (RunStatus.Pending, RunStatus.Running or RunStatus.Failed or RunStatus.Cancelled) => true,
        (RunStatus.Running, RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled) => true,
        // A run that stopped short can be taken up again; its finished steps are found, not repeated.
        (RunStatus.Failed or RunStatus.Cancelled, RunStatus.Running) => true,
        _ => false,
    };
}
