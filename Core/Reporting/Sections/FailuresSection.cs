using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

internal static class FailuresSection
{
    public static Section Of(ReportView view) => new("failures", "Failures",
        view.Groups.Count > 0 ? "Not every model finished. The other models are not affected." : "No model finished.",
        [new TableBlock(TrainingTables.Failures(view), "You can resume the run; it keeps its finished work.")]);
}
