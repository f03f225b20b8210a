using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

public static class ArchitectureSection
{
    public static Section Of(ReportView view) => new("architecture", "Architecture and training", "What was trained, and how.",
    [
        new TableBlock(ReportTables.Training(view), "Training time is the sum of the epochs, validation included."),
        new TableBlock(ReportTables.Architecture(view), "Layers in order; parameters as Keras counts them, BatchNorm's moving statistics included."),
    ]);
}
