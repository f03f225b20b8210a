using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>Selects the runs of a clean-up. A run goes if it fits every condition that is given.</summary>
/// <param name="OlderThan">The run was created longer ago than this.</param>
/// <param name="Keep">The run is not among this many newest runs of that status.</param>
/// <param name="Status">The run has this status.</param>
public sealed record CleanRule(TimeSpan? OlderThan, int? Keep, RunStatus? Status)
{
    public const int MostKept = 1_000_000;

    /// <summary>The runs among which the rule selects.</summary>
    public RunFilter Filter => new() { Status = Status };

    /// <summary>The runs that go. Runs that have not ended are never among them.</summary>
    /// <param name="runs">All runs that <see cref="Filter"/> lets through, newest first.</param>
    public IEnumerable<RunRecord> Select(IEnumerable<RunRecord> runs, DateTimeOffset now) =>
        from run in runs.Skip(Keep ?? 0)
        where run.IsFinished && (OlderThan is not { } age || now - run.CreatedAt >= age)
        select run;
}
