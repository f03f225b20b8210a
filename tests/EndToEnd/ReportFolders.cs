using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessFashion.EndToEnd;

/// <summary>Compares folders of reports.</summary>
internal static class ReportFolders
{
    /// <summary>Fields of report.json that hold a time, what depends on times, or the length of an id.</summary>
    private static readonly HashSet<string> Measured =
    [
        "runId", "createdAt", "fileBytes", "trainSeconds", "secondsPerEpoch", "testSeconds", "testMicrosecondsPerSample", "peakMemoryBytes",
        "seconds",
    ];

    /// <summary>Files that show measured times beside other figures. All their figures are in report.json too.</summary>
    private static readonly HashSet<string> WithTimes =
    [
        ".fashion-files", "index.html", "report.json", "report.md",
        "plots/cost-latency.png", "plots/cost-latency.svg", "plots/cost-training-time.png",
        "plots/cost-training-time.svg", "tables/comparison.csv", "tables/comparison.tex", "tables/cost.csv", "tables/cost.tex",
        "tables/history.csv", "tables/history.tex", "tables/training.csv", "tables/training.tex",
    ];

    /// <summary>Every file is the same, byte for byte.</summary>
    public static void AssertEqual(string expected, string found) => AssertEqual(expected, found, _ => true);

    /// <summary>Two runs with the same seed: every file that holds no time is the same, and so are all other figures.</summary>
    public static void AssertSameFigures(string expected, string found)
    {
        AssertEqual(expected, found, file => !WithTimes.Contains(file));
        Assert.Equal(Figures(expected), Figures(found));
    }

    private static void AssertEqual(string expected, string found, Func<string, bool> compares)
    {
        var files = FilesOf(expected);
        Assert.NotEmpty(files);
        Assert.Equal(files, FilesOf(found));
        Assert.All(files.Where(compares), file => Assert.True(
            File.ReadAllBytes(Path.Combine(expected, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(found, file))), file));
    }

    private static List<string> FilesOf(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    private static string Figures(string folder)
    {
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "report.json")))!;
        Mask(report);
        return report.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static void Mask(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            foreach (var name in fields.Select(field => field.Key).ToList())
            {
                if (Measured.Contains(name))
                {
                    fields[name] = null;
                }
                else
                {
                    Mask(fields[name]);
                }
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Mask(item);
            }
        }
    }
}
