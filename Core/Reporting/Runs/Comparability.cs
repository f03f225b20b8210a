namespace ServerlessFashion.Reporting.Runs;

/// <summary>Checks whether the figures of several runs can be compared.</summary>
internal static class Comparability
{
    public static IReadOnlyList<string> Warnings(IReadOnlyList<ReportDocument> runs) =>
    [
        .. Differing(runs, "labels", "accuracies answer different questions", run => run.Data.Labels),
        .. Differing(runs, "split", "test images differ", run => run.Data.Split),
        .. Differing(
            runs, "number of test images", "test accuracies were measured on different images", run => Wording.Count(run.Data.Test)),
        .. Differing(runs, "data set", "its files differ", run => run.Data.Sha256[..12]),
        .. Differing(runs, "validation split", "validation accuracies were measured on different images",
            run => $"{Wording.Count(run.Data.Validation)} images{FoldsOf(run)}, seed {run.Configuration.SplitSeed}"),
    ];

    /// <summary>True if the test figures of all runs come from the same images and labels.</summary>
    public static bool SameTest(IReadOnlyList<ReportDocument> runs) =>
        runs.Select(run => (run.Data.Labels, run.Data.Split, run.Data.Test, run.Data.Sha256)).Distinct().Count() < 2;

    private static string FoldsOf(ReportDocument run) =>
        run.Configuration.Folds is { } folds ? $" in each of {folds} folds" : "";

    private static IEnumerable<string> Differing<T>(
        IReadOnlyList<ReportDocument> runs, string what, string consequence, Func<ReportDocument, T> value)
        where T : notnull
    {
        if (runs.Select(value).Distinct().Count() > 1)
        {
            var values = runs.Select(run => $"{run.RunId}: {value(run).ToString()!.ToLowerInvariant()}");
            yield return $"The runs differ in their {what}, so {consequence} ({string.Join("; ", values)}).";
        }
    }
}
