namespace ServerlessFashion.Runs;

/// <summary>What can happen to a run.</summary>
public enum RunEvent
{
    /// <summary>Its workflow has begun, or has begun again after an interruption.</summary>
    Began,

    /// <summary>Its workflow has reached the end with a winner.</summary>
    Completed,

    /// <summary>Its workflow has ended without a winner.</summary>
    Failed,

    /// <summary>Its workflow has stopped short because it was asked to, or nobody carries it out any more.</summary>
    Stopped,

    /// <summary>A user wants it to stop. A running run goes on until its trainings have seen the cancel flag.</summary>
    CancelRequested,

    /// <summary>A user wants it to go on.</summary>
    ResumeRequested,
}

/// <summary>
/// How a run changes. Every writer of a run's status goes through here. A run that has ended stays as it is, whatever a late
/// or repeated step reports, until a user resumes it; it then waits for its turn like a new one.
/// </summary>
public static class RunTransitions
{
    /// <summary>The status after <paramref name="happened"/>; the same status when the event changes nothing.</summary>
    public static RunStatus Next(RunStatus from, RunEvent happened) => (from, happened) switch
    {
        (RunStatus.Pending, RunEvent.Began) => RunStatus.Running,
        (RunStatus.Running, RunEvent.Completed) => RunStatus.Completed,
        (RunStatus.Pending or RunStatus.Running, RunEvent.Failed) => RunStatus.Failed,
        (RunStatus.Pending or RunStatus.Running, RunEvent.Stopped) => RunStatus.Cancelled,
        // No step of a pending run is at work that could see the cancel flag.
        (RunStatus.Pending, RunEvent.CancelRequested) => RunStatus.Cancelled,
        (RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled, RunEvent.ResumeRequested) => RunStatus.Pending,
        _ => from,
    };

    /// <summary>True when staying in <paramref name="from"/> or one event leads to <paramref name="to"/>.</summary>
    public static bool IsValid(RunStatus from, RunStatus to) =>
        from == to || Enum.GetValues<RunEvent>().Any(happened => Next(from, happened) == to);

    /// <summary><paramref name="run"/> after an event; the same object when the event changes nothing.</summary>
    /// <param name="now">The time of the event.</param>
    /// <param name="winner">Of a run that has completed.</param>
    /// <param name="error">Of a run that has failed.</param>
    public static RunRecord Apply(RunRecord run, RunEvent happened, DateTimeOffset now, string? winner = null, string? error = null)
    {
        var status = Next(run.Status, happened);
        if (status == run.Status)
        {
            return run;
        }

        var changed = run with { Status = status, Winner = winner, Error = error };
        return status switch
        {
            RunStatus.Pending => changed with { FinishedAt = null },
            RunStatus.Running => changed with { StartedAt = run.StartedAt ?? now },
            _ => changed with { FinishedAt = now },
        };
    }
}
