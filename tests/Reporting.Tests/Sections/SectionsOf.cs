using ServerlessFashion.Reporting.Sections;

namespace ServerlessFashion.Reporting.Tests.Sections;

/// <summary>Finds blocks and figures of a section.</summary>
internal static class SectionsOf
{
    public static T[] Blocks<T>(Section section) => [.. section.Blocks.OfType<T>()];

    public static string[] Charts(Section section) =>
        [.. section.Blocks.OfType<Figures>().SelectMany(figures => figures.Items).Select(figure => figure.Chart.Name)];

    public static string[] Tables(Section section) => [.. section.Blocks.OfType<TableBlock>().Select(block => block.Table.Name)];
}
