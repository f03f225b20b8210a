using System.Text.Json;
using ServerlessFashion.Reporting.Files;
using ServerlessFashion.Reporting.Pages;
using ServerlessFashion.Reporting.Sections;
using ServerlessFashion.Reporting.Tables;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Reporting.Runs;

/// <summary>The report of several runs in one table. It begins with the reasons why they are not comparable, if any.</summary>
public static class RunsReport
{
    /// <summary>
    /// <c>index.html</c> (self-contained), <c>report.md</c>, <c>report.json</c> and <c>tables/*.csv</c> and <c>.tex</c>.
    /// </summary>
    /// <param name="runs">At least one run, in the order of the columns.</param>
    public static IEnumerable<ReportFile> Render(IReadOnlyList<ReportInput> runs)
    {
        var document = Build(runs);
        ReportTable[] tables = document.Winners.Pairs.Count > 0
            ? [RunsTables.Models(document), RunsTables.Winners(document)]
            : [RunsTables.Models(document)];
        Section[] sections =
        [
            new("runs", "Every model of every run", Lead(document),
            [
                .. document.Warnings.Select(warning => new Notice(warning)),
                new TableBlock(tables[0], "Best values in bold, where the runs were tested on the same images. Runs stand in the order "
                    + "in which they were named."),
            ]),
            .. tables.Skip(1).Select(table => new Section(
                "winners", "Winner against winner", "Is one run's winner better than another's on the same test images?",
            [
                new TableBlock(table, "McNemar's exact test, p values after Holm's adjustment; the first seed stands for each model."),
            ])),
        ];
        return
        [
            ReportFile.Text(
                "index.html", "text/html; charset=utf-8",
                HtmlPage.Render(Frame(document) with { Files = ReportFiles.Linked(tables) }, sections)),
            ReportFile.Text("report.md", "text/markdown; charset=utf-8", MarkdownPage.Render(Frame(document).Title, sections)),
            ReportFile.Text("report.json", "application/json", JsonSerializer.Serialize(document, Json.Indented)),
            .. tables.SelectMany(table => new[]
            {
                ReportFile.Text($"tables/{table.Name}.csv", "text/csv; charset=utf-8", TableText.Csv(table)),
                ReportFile.Text($"tables/{table.Name}.tex", "application/x-tex", TableText.Latex(table)),
            }),
        ];
    }

    /// <summary>Computes the whole content of the report.</summary>
    public static RunsDocument Build(IReadOnlyList<ReportInput> runs)
    {
        var documents = runs.Select(ReportBuilder.Build).ToArray();
        var winners = runs.Zip(documents, Winner).OfType<ModelAnalysis>().ToArray();
        return new RunsDocument(documents, ComparisonBuilder.Build(winners, name => name), Comparability.Warnings(documents));
    }

    /// <summary>The run's winner under a unique name.</summary>
    private static ModelAnalysis? Winner(ReportInput run, ReportDocument document)
    {
        var winner = run.Analyse().Where(model => model.Evaluation.Name == document.Winner).MinBy(model => model.Evaluation.Seed);
        return winner is null
            ? null
            : winner with
            {
                Evaluation = winner.Evaluation with { Name = $"{run.Definition.TitleOf(winner.Evaluation.Name)}, run {run.RunId}" },
            };
    }

    private static string Lead(RunsDocument document) =>
        $"{Wording.Count(document.Runs.Sum(run => run.Comparison.Ranking.Count))} models, each run's best first."
        + (document.Winners.Ranking is [var best, _, ..] && document.Warnings.Count == 0
            ? $" Best on validation: {best.Title}, {Wording.Share(best.MeanValidationAccuracy)}."
            : "");

    private static string Describe(ReportDocument run) =>
        $"{(run.Name is { } name ? $"{name}, " : "")}{run.RunId} ({run.Configuration.Preset})";

    private static PageFrame Frame(RunsDocument document) => new(
        $"Comparison of {document.Runs.Count} runs",
        $"{Wording.Count(document.Runs.Count)} runs side by side",
        string.Join(" · ", document.Runs.Select(Describe)),
        $"ServerlessFashion {document.Runs[0].Environment.Version}");
}
