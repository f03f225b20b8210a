using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

public static class ArchitectureSection
{
    public static Section Of(ReportView view) => new("architecture", "Architecture and training", "What was trained, and how.",
    [
        new TableBlock(TrainingTables.Training(view), "Training time is the sum of the epochs, validation included."),
        new Heading("Layers"),
        new Paragraph("In order; shapes and parameters as Keras prints them, BatchNorm's moving statistics included."),
        .. view.Groups.Select(group => TrainingTables.Architecture(view, group)).Where(table => table.Rows.Count > 0).Select(table => new TableBlock(table)),
    ]);
}
