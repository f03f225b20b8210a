using ServerlessFashion.Data;
using ServerlessFashion.Phrases;
using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

internal static class ErrorsSection
{
    private const int CommonShown = 20;

    public static Section Of(ReportView view)
    {
        var common = view.Document.Comparison.CommonErrors;
        return new Section("errors", "Errors", "The mistakes of each model, and the images that no model labels correctly.",
        [
            new TableBlock(ErrorTables.Errors(view), Note(view)),
            .. view.Labels.FollowBrightness ? CutDistance(view) : [],
            .. view.Groups.Select(group => new Gallery(
                $"{group.Title}: most confident mistakes",
                "Wrong predictions with the highest confidence. The confidence is in brackets.",
                [.. group.First.Mistakes.Select(mistake => Item(view, mistake)).OfType<GalleryItem>()]))
                .Where(gallery => gallery.Items.Count > 0),
            .. view.Groups.Count < 2 ? Array.Empty<Block>() : Common(view, common),
            new Terms(
            [
                new("Cohen's κ", "agreement with the truth beyond chance: 1 is perfect, 0 is guessing with the right frequencies."),
                .. view.Labels.AreOrdered
                    ? new[] { new Term("Quadratic κ", "the same with mistakes weighted by squared distance: a mistake by two labels "
                        + "counts four times as much as a mistake by one.") }
                    : [],
            ]),
        ]);
    }

    private static string Note(ReportView view)
    {
        var seeds = view.Groups.Any(group => group.Seeds.Count > 1) ? $"First {view.Member} of each model. " : "";
        return (seeds + (view.Labels.AreOrdered ? "Off by one: share of the mistakes that predict a neighbouring label." : "")).Trim();
    }

    private static IEnumerable<Block> CutDistance(ReportView view)
    {
        var nearest = view.Groups.Where(group => group.First.CutDistance is { Count: > 0 }).Select(NearestCut).ToArray();
        yield return new Figures([new(ReportCharts.CutDistance(view), "Ten equally large groups of test images, from the nearest to a "
            + "cut on the left to the farthest; distances in grey values of the whole image. Only this figure uses the garment; the models "
            + $"do not.{(nearest.Length == 0 ? "" : $" Errors in the group nearest to a cut: {string.Join("; ", nearest)}.")}")]);
    }

    private static string NearestCut(ModelGroup group)
    {
        var groups = group.First.CutDistance!;
        var (errors, images) = (groups.Sum(g => g.Errors), groups.Sum(g => g.Images));
        return errors == 0
            ? $"{group.Title}: none of 0"
            : $"{group.Title}: {Wording.Count(groups[0].Errors)} of {Wording.Count(errors)} "
                + $"({Wording.Percent((double)groups[0].Errors / errors)}, "
                + $"in {Wording.Percent((double)groups[0].Images / images)} of the images)";
    }

    private static IEnumerable<Block> Common(ReportView view, IReadOnlyList<int> common)
    {
        var expected = view.Document.Comparison.CommonErrorsIfIndependent;
        yield return new Heading("Errors common to all models");
        yield return new Paragraph($"Every model labels {Wording.Images(common.Count)} of the test set wrong. If the models failed "
            + $"independently, {(expected is { } e ? Wording.Number(e, "#,0.0") : Wording.Missing)} would be expected. An excess "
            + "means that errors come from images that are hard for every model.");
        var items = common.Take(CommonShown).Select(id => view.RowOf(id) is { } row ? CommonItem(view, id, row) : null)
            .OfType<GalleryItem>().ToArray();
        if (items.Length > 0)
        {
            yield return new Gallery("Wrong in every model", common.Count > items.Length ? $"The first {items.Length} of {common.Count}, "
                + "in the order of the test set." : "All of them.", items);
        }
    }

    private static GalleryItem? Item(ReportView view, Mistake mistake)
    {
        if (view.RowOf(mistake.Id) is not { } row)
        {
            return null;
        }

        var (truth, predicted) = (view.LabelTitles[mistake.TrueLabel], view.LabelTitles[mistake.PredictedLabel]);
        return new GalleryItem(
            ImagePng.Encode(view.TestImages.Image(row), view.TestImages.Shape), $"{Name(view, mistake.Id, row)}: true {truth}, predicted "
                + $"{predicted} with confidence {Wording.Percent(mistake.Confidence)}",
            [$"true {truth}", $"said {predicted} ({Wording.Percent(mistake.Confidence)})", Place(view, mistake.Id, row)]);
    }

    private static GalleryItem CommonItem(ReportView view, int id, int row)
    {
        var truth = view.LabelTitles[view.TestImages.Labels[row]];
        return new GalleryItem(
            ImagePng.Encode(view.TestImages.Image(row), view.TestImages.Shape), $"{Name(view, id, row)}: true {truth}, wrong in every "
                + "model", [$"true {truth}", Place(view, id, row)]);
    }

    private static string Place(ReportView view, int id, int row) => view.Labels.FollowBrightness
        ? $"#{id}, {Distance(ImageRows.CutDistance(view.TestImages, row))} from a cut"
        : $"#{id}";

    private static string Distance(int greyValues) => $"{Wording.Count(greyValues)} {Quantity.Noun(greyValues, "grey value")}";

    /// <summary>The image with its garment, where the garment is not the label anyway.</summary>
    private static string Name(ReportView view, int id, int row) => view.Labels.AreOfFashionMnist
        ? $"{Wording.Sentence(view.NameOfImage(id))}, {ClassLabels.Garments.Names[view.TestImages.Garments[row]]}"
        : Wording.Sentence(view.NameOfImage(id));
}
