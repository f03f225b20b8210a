using System.Buffers;
using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Reporting.Charts;
using ServerlessFashion.Reporting.Pages;
using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Reporting.Tables;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Reporting.Files;

/// <summary>Every file of the report folder.</summary>
public static class ReportFiles
{
    /// <summary>
    /// <c>index.html</c> (self-contained), <c>report.md</c>, <c>report.json</c>, <c>tables/*.csv</c> and <c>.tex</c>,
    /// <c>plots/*.svg</c> and <c>.png</c>, and on the competition split one <c>submission-{model}.csv</c> per model.
    /// </summary>
    public static IEnumerable<ReportFile> Render(ReportDocument document, ReportInput input)
    {
        var text = RenderText(document, input).ToArray();
        return
        [
            .. text,
            .. text.Where(file => file.Path.EndsWith(".svg", StringComparison.Ordinal)).AsParallel().AsOrdered()
                .Select(file => new ReportFile(Path.ChangeExtension(file.Path, ".png"), "image/png", SvgRasterizer.Png(file.Content))),
        ];
    }

    /// <summary>Returns all files except the PNG figures, which take most of the time.</summary>
    public static IEnumerable<ReportFile> RenderText(ReportDocument document, ReportInput input)
    {
        var view = new ReportView(document, input);
        var sections = ReportSections.Of(view);
        var tables = ReportTables.All(view).ToArray();
        return
        [
            ReportFile.Text(
                "index.html", "text/html; charset=utf-8",
                HtmlPage.Render(PageFrame.Of(document) with { Files = Linked(tables) }, sections)),
            ReportFile.Text("report.md", "text/markdown; charset=utf-8", MarkdownPage.Render(PageFrame.TitleOf(document), sections)),
            ReportFile.Text("report.json", "application/json", JsonSerializer.Serialize(document, Json.Indented)),
            .. tables.SelectMany(table => new[]
            {
                ReportFile.Text($"tables/{table.Name}.csv", "text/csv; charset=utf-8", TableText.Csv(table)),
                ReportFile.Text($"tables/{table.Name}.tex", "application/x-tex", TableText.Latex(table)),
            }),
            .. ReportCharts.All(view)
                .Select(chart => ReportFile.Text($"plots/{chart.Name}.svg", "image/svg+xml", SvgChart.Standalone(chart))),
            .. document.Data.Split == DatasetSplit.Competition ? Submissions(view, input.Analyse()) : [],
        ];
    }

    /// <summary>The files that the page links to.</summary>
    internal static IReadOnlyList<string> Linked(IEnumerable<ReportTable> tables) =>
        ["report.json", "report.md", .. tables.Select(table => $"tables/{table.Name}.csv")];

    /// <summary>The first seed's predicted label of every test image, in the format of the competition.</summary>
    private static IEnumerable<ReportFile> Submissions(ReportView view, IReadOnlyList<ModelAnalysis> models) => view.Groups.Select(group =>
    {
        var answers = models
            .First(model => model.Evaluation.Name == group.Name && model.Evaluation.Seed == group.First.Seed).Answers;
        var csv = new ArrayBufferWriter<byte>();
        var rows = new CsvWriter(csv);
        rows.Add("Id");
        rows.Add("Label");
        rows.EndRow();
        foreach (var (id, label) in answers.Ids.Zip(answers.Labels))
        {
            rows.Add(id);
            rows.Add(label);
            rows.EndRow();
        }

        return new ReportFile($"submission-{group.FileName}.csv", "text/csv; charset=utf-8", csv.WrittenSpan.ToArray());
    });
}
