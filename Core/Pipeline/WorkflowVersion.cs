namespace ServerlessFashion.Pipeline;

/// <summary>
/// Versions of the workflows. A durable host replays the history of a run with the current code, so the code must repeat the calls
/// of every version that may still be running. A change of the order, the names, the inputs or the results of calls therefore needs
/// a new version; docs/functions.md lists the steps.
/// </summary>
public static class WorkflowVersion
{
    /// <summary>
    /// The version of new runs. It has two parts, because Durable Functions compares only such texts as numbers: as plain text,
    /// "10" would be older than "9".
    /// </summary>
    public const string Current = "2.0";

    /// <summary>
    /// From this version on a workflow is given the run's id alone and reads its plan by <see cref="PipelineSteps.PlanTrainings"/>.
    /// </summary>
    public static Version PlansByStep { get; } = new(2, 0);

    /// <summary>The version of runs that started before versions were recorded. They make the same calls as version 1.0.</summary>
    public static Version Unversioned { get; } = new(0, 0);

    /// <summary>Parses the version that a host recorded for a run. An empty text means <see cref="Unversioned"/>.</summary>
    /// <exception cref="FormatException">The text is not a version.</exception>
    public static Version Parse(string? recorded) => string.IsNullOrEmpty(recorded) ? Unversioned : Version.Parse(recorded);
}
