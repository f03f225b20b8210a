namespace ServerlessFashion.Reporting.Runs;

/// <summary>Several runs together: the content of their common <c>report.json</c>.</summary>
/// <param name="Runs">Each run's own report.</param>
/// <param name="Winners">The runs' winners against each other; those tested on other images than the first are left out of the pairs.</param>
/// <param name="Warnings">What keeps the runs from being comparable, one sentence each.</param>
public sealed record RunsDocument(IReadOnlyList<ReportDocument> Runs, ModelComparison Winners, IReadOnlyList<string> Warnings);
