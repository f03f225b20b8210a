namespace ServerlessFashion.Reporting.Sections;

/// <summary>The report from top to bottom.</summary>
internal static class ReportSections
{
    public static IReadOnlyList<Section> Of(ReportView view)
    {
        var any = view.Groups.Count > 0;
        return
        [
            VerdictSection.Of(view),
            .. view.Document.Failures.Count > 0 ? new[] { FailuresSection.Of(view) } : [],
            .. any && view.Document.Configuration.Folds is not null ? new[] { FoldsSection.Of(view) } : [],
            .. any && view.Labels.AreOfFashionMnist ? new[] { PublishedSection.Of(view) } : [],
            DataSection.Of(view),
            .. any
                ? new[]
                {
                    CurvesSection.Of(view), FitSection.Of(view), PerClassSection.Of(view), ConfusionSection.Of(view),
                    CalibrationSection.Of(view),
                    ComparisonSection.Of(view), ErrorsSection.Of(view), CostSection.Of(view),
                }
                : [],
            .. view.Document.Search is not null ? new[] { SearchSection.Of(view) } : [],
            .. view.Document.Pruning.Count > 0 ? new[] { PruningSection.Of(view) } : [],
            .. any ? new[] { ArchitectureSection.Of(view) } : [],
            ProvenanceSection.Of(view),
        ];
    }
}
