using System.Globalization;
using ServerlessFashion.Cli.Display.Tables;
using ServerlessFashion.Data;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Cli.Display;

/// <summary>Data sets in words and tables.</summary>
internal static class DatasetText
{
    private const int ShownDigits = 12;
    private const int ShownNames = 5;

    /// <summary>One line.</summary>
    public static string Summary(DatasetDescription set) => string.Create(
        CultureInfo.InvariantCulture,
        $"{set.Name}: {set.TrainCount:#,0} training and {set.TestCount:#,0} test images of {Shape(set)}, "
        + $"{Quantity.Of(set.Classes.Count, "class", "classes")} (SHA-256 {set.Sha256})");

    /// <summary>A line for each finding, with the first names.</summary>
    public static IEnumerable<string> Findings(DatasetDescription set) => set.Findings.Select(finding =>
    {
        var shown = finding.Names.Take(ShownNames).ToList();
        var more = finding.Names.Count > 0 && finding.Count > shown.Count ? ", ..." : "";
        return $"{finding.Message}{(shown.Count > 0 ? $" {string.Join(", ", shown)}{more}" : "")}";
    });

    /// <summary>All that is known of a set but its findings.</summary>
    public static IEnumerable<string> Details(DatasetDescription set)
    {
        yield return Summary(set);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"pictures: median {set.Preparation.MedianWidth}x{set.Preparation.MedianHeight}, stretched to {set.Side}x{set.Side}"
            + $"{(set.Preparation.IsGrey ? ", made grey" : "")}");
        yield return $"registered: {Time(set)}";
    }

    public static FittedTable Classes(DatasetDescription set)
    {
        var table = new FittedTable().Text("Class").Number("Label").Number("Train").Number("Test");
        foreach (var (label, name) in set.Classes.Index())
        {
            table.AddRow(
                name, Number(label), Number(set.TrainPerClass[label]), set.TestPerClass.Count == 0 ? "" : Number(set.TestPerClass[label]));
        }

        return table;
    }

    public static FittedTable List(IEnumerable<DatasetDescription> sets)
    {
        var table = new FittedTable().Text("Name").Text("Images").Number("Train").Number("Test").Number("Classes").Number("Findings", 2)
            .Text("SHA-256", 3).Text("Registered", 1);
        foreach (var set in sets)
        {
            table.AddRow(
                set.Name, Shape(set), Number(set.TrainCount), Number(set.TestCount), Number(set.Classes.Count), Number(set.Findings.Count),
                set.Sha256[..Math.Min(ShownDigits, set.Sha256.Length)], Time(set));
        }

        return table;
    }

    private static string Shape(DatasetDescription set) =>
        string.Create(CultureInfo.InvariantCulture, $"{set.Side}x{set.Side} {(set.Channels == 1 ? "grey" : "colour")} pixels");

    private static string Time(DatasetDescription set) => set.Name == DatasetDescription.FashionMnistName
        ? "built in"
        : set.CreatedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
