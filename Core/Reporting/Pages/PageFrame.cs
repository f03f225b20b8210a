using System.Globalization;

namespace ServerlessFashion.Reporting.Pages;

/// <summary>What stands around the sections of a page.</summary>
/// <param name="Title">Of the browser's tab.</param>
/// <param name="Headline">The one thing to know.</param>
/// <param name="Meta">What was compared, in a line.</param>
/// <param name="Footer">Where it comes from.</param>
public sealed record PageFrame(string Title, string Headline, string Meta, string Footer)
{
    public static PageFrame Of(ReportDocument document) => new(
        $"Model comparison {document.RunId}",
        HeadlineOf(document),
        string.Create(CultureInfo.InvariantCulture,
            $"Run {document.RunId} · {document.CreatedAt.UtcDateTime:d MMMM yyyy} · preset {document.Configuration.Preset} · {Wording.Count(document.Data.Train)} training, {Wording.Count(document.Data.Validation)} validation, {Wording.Count(document.Data.Test)} test images"),
        $"Run {document.RunId}, ServerlessFashion {document.Environment.Version}. The same figures as data: report.json and tables/.");

    private static string HeadlineOf(ReportDocument document)
    {
        var ranking = document.Comparison.Ranking;
        return ranking.FirstOrDefault(rank => rank.Name == document.Winner) is { } winner
            ? $"{winner.Title} is the best of {Wording.Count(ranking.Count)}"
            : "No model finished";
    }
}
