using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

internal static class ArchitectureSection
{
    public static Section Of(ReportView view) => new("architecture", "Architecture and training", "The models and their training.",
    [
        new TableBlock(TrainingTables.Training(view), "Training time is the sum of all epochs, including validation. A seed "
            + "gives the same figures again only with the same number of threads on the same kind of processor."),
        new Heading("Layers"),
        new Paragraph("Layers in order. Shapes and parameters are counted as Keras prints them, including BatchNorm's moving statistics."),
        .. view.Groups.Select(group => TrainingTables.Architecture(view, group)).Where(table => table.Rows.Count > 0)
            .Select(table => new TableBlock(table) { IsFolded = true }),
    ]);
}
