using System.Globalization;

namespace ServerlessFashion.Reporting.Pages;

/// <summary>The text around the sections of a page.</summary>
/// <param name="Title">Title of the browser tab.</param>
/// <param name="Headline">The main result.</param>
/// <param name="Meta">One line on the compared models and data.</param>
/// <param name="Footer">The origin of the page.</param>
internal sealed record PageFrame(string Title, string Headline, string Meta, string Footer)
{
    /// <summary>Files beside the page that hold the same figures: relative paths.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public static PageFrame Of(ReportDocument document) => new(
        $"Model comparison {document.RunId}",
        document.Headline,
        string.Create(CultureInfo.InvariantCulture,
            $"Run {document.RunId} · {document.CreatedAt.UtcDateTime:d MMMM yyyy} · preset {document.Configuration.Preset} · "
                + $"{Wording.Count(document.Data.Train)} training, {Wording.Count(document.Data.Validation)} validation, "
                + $"{Wording.Count(document.Data.Test)} test images"),
        $"Run {document.RunId}, ServerlessFashion {document.Environment.Version}");
}
