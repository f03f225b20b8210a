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

    /// <summary>The data set for the line above the headline. The default value is Fashion-MNIST.</summary>
    public string DataSet { get; init; } = "Fashion-MNIST";

    public static PageFrame Of(ReportDocument document)
    {
        var frame = OfRun(document);
        return document.Configuration.Dataset is { } dataset ? frame with { DataSet = dataset } : frame;
    }

    private static PageFrame OfRun(ReportDocument document) => new(
        TitleOf(document),
        document.Headline,
        string.Create(CultureInfo.InvariantCulture,
            $"{NameOf(document)}Run {document.RunId} · {document.CreatedAt.UtcDateTime:d MMMM yyyy} · "
                + $"preset {document.Configuration.Preset} · "
                + $"{Wording.Count(document.Data.Train)} training, {Wording.Count(document.Data.Validation)} validation, "
                + $"{Wording.Count(document.Data.Test)} test images"),
        $"Run {document.RunId}, ServerlessFashion {document.Environment.Version}");

    /// <summary>A title that tells the run from others.</summary>
    public static string TitleOf(ReportDocument document) =>
        $"{(document.Name is { } name ? $"{name} · model comparison" : "Model comparison")} {document.RunId}";

    /// <summary>The name and the tags of the run, such as <c>First try #night · </c>; empty if it has none.</summary>
    private static string NameOf(ReportDocument document)
    {
        var name = string.Join(' ', document.Tags.Select(tag => $"#{tag}").Prepend(document.Name ?? "")).Trim();
        return name is "" ? "" : $"{name} · ";
    }
}
