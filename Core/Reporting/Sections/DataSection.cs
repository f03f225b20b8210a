using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Tables;

namespace ServerlessFashion.Reporting.Sections;

internal static class DataSection
{
    private const int SamplesPerLabel = 10;

    public static Section Of(ReportView view)
    {
        var data = view.Document.Data;
        return new Section("data", "Data", Sentence(view, data.Split),
        [
            new Facts(
            [
                .. view.Document.Configuration.Folds is { } folds
                    ? new Fact[]
                    {
                        new("Cross-validation", Wording.Count(data.Train + data.Validation), $"images in {folds} folds, which train and "
                            + "validate in turn"),
                    }
                    :
                    [
                        new("Training", Wording.Count(data.Train), "images that fit the weights"),
                        new("Validation", Wording.Count(data.Validation), "images that choose epochs and models"),
                    ],
                new("Test", Wording.Count(data.Test), "images that only measure the models"),
            ]),
            new Paragraph(view.Labels.Wording.Images),
            .. view.MissingImages is { } reason ? [new Notice($"{reason} The report therefore shows no images.")] : Array.Empty<Block>(),
            .. view.TestImages.Count == 0
                ? Array.Empty<Block>()
                : [.. view.LabelHeadings.Select((name, label) => Samples(view, name, label)).OfType<Gallery>()],
            .. view.TestImages.Count == 0 || !view.Labels.AreOfFashionMnist
                ? Array.Empty<Block>()
                : [new Figures([new(ReportCharts.Brightness(view), view.Labels.Wording.Brightness)])],
            new TableBlock(LabelTables.Data(view), "Counts in the test set of this run."),
        ]);
    }

    private static Gallery? Samples(ReportView view, string name, int label)
    {
        var rows = Enumerable.Range(0, view.TestImages.Count).Where(i => view.TestImages.Labels[i] == label).Take(SamplesPerLabel)
            .ToArray();
        return rows.Length == 0 ? null : new Gallery(name, "", [.. rows.Select(row => new GalleryItem(
            ImagePng.Encode(view.TestImages.Image(row), view.TestImages.Shape),
            $"{name}, {view.NameOfImage(view.TestImages.Ids[row])}{Garment(view, row)}", []))]);
    }

    private static string Sentence(ReportView view, DatasetSplit split) => view.Labels.AreOfFashionMnist
        ? $"Fashion-MNIST, {view.Labels.Wording.Phrase}, {Wording.Split(split)} split."
        : $"The data set {view.Labels.Dataset}, {view.Labels.Wording.Phrase}. The test images are {Wording.Split(split, view.Labels)}.";

    private static string Garment(ReportView view, int row) =>
        view.Labels.AreOfFashionMnist ? $": {ClassLabels.Garments.Names[view.TestImages.Garments[row]]}" : "";
}
