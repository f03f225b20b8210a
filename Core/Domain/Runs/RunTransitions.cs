namespace ServerlessFashion.Runs;

/// <summary>What can happen to a run.</summary>
public enum RunEvent
{
    /// <summary>The workflow has started, or has started again after an interruption.</summary>
    Began,

    /// <summary>The workflow has ended with a winner.</summary>
    Completed,

    /// <summary>The workflow has ended without a winner.</summary>
    Failed,

    /// <summary>The workflow has stopped early on request, or no process works on it any more.</summary>
    Stopped,

    /// <summary>A user cancels the run. A running run continues until its trainings have seen the cancel flag.</summary>
    CancelRequested,

    /// <summary>A user resumes the run.</summary>
    ResumeRequested,
}

/// <summary>
/// The valid changes of a run's status. Every writer of the status uses them. A run that has ended does not change when a late or
/// repeated step reports something. When a user resumes it, it waits for its turn like a new run.
/// </summary>
public static class RunTransitions
{
    /// <summary>The status after <paramref name="happened"/>; the same status if the event changes nothing.</summary>
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

    /// <summary>True if <paramref name="to"/> equals <paramref name="from"/> or one event leads to it.</summary>
    public static bool IsValid(RunStatus from, RunStatus to) =>
        from == to || Enum.GetValues<RunEvent>().Any(happened => Next(from, happened) == to);

    /// <summary>
    /// <paramref name="run"/> after an event; the same object if the event changes nothing. A running run that begins again notes
    /// only the time.
    /// </summary>
    /// <param name="now">The time of the event.</param>
    /// <param name="winner">The winner of a completed run.</param>
    /// <param name="error">The error of a failed run.</param>
    /// <param name="best">The winner of a completed run with its best seed.</param>
    public static RunRecord Apply(
        RunRecord run, RunEvent happened, DateTimeOffset now, string? winner = null, string? error = null, EvaluatedModel? best = null)
    {
        var status = Next(run.Status, happened);
        if (status == run.Status)
        {
            return happened == RunEvent.Began && status == RunStatus.Running ? run with { BegunAt = now } : run;
        }

        var changed = run with { Status = status, Winner = winner, Error = error, Best = best };
        return status switch
        {
            RunStatus.Pending => changed with { FinishedAt = null },
            RunStatus.Running => changed with { StartedAt = run.StartedAt ?? now, BegunAt = now },
            // A clock that was set back must not end a run before it started.
            _ => changed with { FinishedAt = run.StartedAt > now ? run.StartedAt : now },
        };
    }
}
