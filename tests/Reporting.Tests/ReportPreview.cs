using System.Diagnostics;
using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Reporting.Tests;

/// <summary>
/// Writes the report of a made-up run on the real test images to the folder in REPORT_PREVIEW, to be looked at. Run it by name.
/// </summary>
public sealed class ReportPreview(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData("five", LabelScheme.Five, 1, 30)]
    [InlineData("garments", LabelScheme.Garments, 1, 8)]
    [InlineData("seeds", LabelScheme.Five, 3, 400)]
    public void Write(string name, LabelScheme labels, int seeds, int epochs)
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("REPORT_PREVIEW") ?? "report-preview", name);
        var indices = new SplitIndices(labels, DatasetSplit.Competition, 7, [0], [1], [.. Enumerable.Range(0, 10_000)]);
        var images = DatasetSplits.Materialise(PublishedSet.Load(), indices).Test;
        var input = SyntheticReport.Input(validationImages: 3000, seeds: seeds, epochs: epochs, labels: labels, images: images);
        var clock = Stopwatch.StartNew();
        var document = ReportBuilder.Build(input);
        output.WriteLine($"computed in {clock.ElapsedMilliseconds} ms; the process has used "
            + $"{Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0.0} s");
        clock.Restart();
        var files = ReportFiles.Render(document, input).ToArray();
        output.WriteLine($"{files.Length} files, {files.Sum(file => file.Content.Length):#,0} bytes, rendered in "
            + $"{clock.ElapsedMilliseconds} ms; the process has used {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0.0} "
            + "s");
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content);
        }
    }
}
