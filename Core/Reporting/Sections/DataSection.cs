using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

public static class DataSection
{
    private const int SamplesPerLabel = 10;

    public static Section Of(ReportView view)
    {
        var data = view.Document.Data;
        return new Section("data", "Data", $"Fashion-MNIST, {(view.Ordinal ? "five ordinal labels" : "ten garments")}, "
            + $"{(data.Split == DatasetSplit.Competition ? "competition" : "original")} split.",
        [
            new Facts(
            [
                new("Training", Wording.Count(data.Train), "images that fit the weights"),
                new("Validation", Wording.Count(data.Validation), "images that choose epochs and models"),
                new("Test", Wording.Count(data.Test), "images that only measure the models"),
            ]),
            .. view.Ordinal
                ? new Block[] { new Paragraph("Each image is 28 × 28 grey pixels. The five labels are quintiles of total brightness "
                    + "after an offset for each garment, so they are ordered: confusing 1 with 2 is a smaller mistake than confusing 0 "
                    + "with 4. The rule is a reconstruction. It gives exactly 14,000 images of each label; up to 4 of 70,000 could "
                    + "belong on the other side of a cut.") }
                : [new Paragraph("Each image is 28 × 28 grey pixels and shows one of ten garments.")],
            .. view.TestImages.Count == 0 ? Array.Empty<Block>() : [.. view.LabelNames.Select((name, label) => Samples(view, name, label)).OfType<Gallery>()],
            .. view.TestImages.Count == 0
                ? Array.Empty<Block>()
                : [new Figures([new(ReportCharts.Brightness(view), view.Ordinal
                    ? "Test images. Brightness rises with the label, but the ranges overlap widely. Brightness alone decides at most 52 "
                        + "% of the images; the others require recognising the garment."
                    : "Test images. Garments differ in brightness, but the ranges overlap.")])],
            new TableBlock(ReportTables.Data(view), "Counts in the test set of this run."),
        ]);
    }

    private static Gallery? Samples(ReportView view, string name, int label)
    {
        var rows = Enumerable.Range(0, view.TestImages.Count).Where(i => view.TestImages.Labels[i] == label).Take(SamplesPerLabel).ToArray();
        return rows.Length == 0 ? null : new Gallery(name, "", [.. rows.Select(row => new GalleryItem(
            GreyPng.Encode(view.TestImages.Image(row)), $"{name}, test image {view.TestImages.Ids[row]}: {Garment(view, row)}", []))]);
    }

    private static string Garment(ReportView view, int row) => LabelNames.Of(LabelScheme.Garments)[view.TestImages.Garments[row]];
}
