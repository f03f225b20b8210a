namespace ServerlessFashion.Reporting.Runs;

/// <summary>Several runs together: the content of their common <c>report.json</c>.</summary>
/// <param name="Runs">Each run's own report.</param>
/// <param name="Winners">
/// The comparison of the runs' winners. The pairs omit winners that were tested on other images than the first.
/// </param>
/// <param name="Warnings">The reasons why the runs are not comparable, one sentence each.</param>
public sealed record RunsDocument(IReadOnlyList<ReportDocument> Runs, ModelComparison Winners, IReadOnlyList<string> Warnings);
