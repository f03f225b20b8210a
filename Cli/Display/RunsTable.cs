using System.Globalization;
using ServerlessFashion.Cli.Display.Tables;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Display;

/// <summary>Prints a list of runs. A narrow terminal gets no time of creation first, because the id of most runs begins with it.</summary>
internal static class RunsTable
{
    private const string Missing = "-";

    public static void Print(Output output, Page<RunRecord> page, bool isFiltered)
    {
        if (page.Items.Count == 0)
        {
            output.Line(isFiltered ? "no runs match" : "no runs yet; start one with ./fashion compare");
            return;
        }

        output.Table(TableOf(page.Items));
        output.Prose("Valid. and Test: accuracy of the winner's best seed. Time: from start to end.");
        if (page.Continuation is not null)
        {
            output.Line(page.Items.Count == 1
                ? "This is the first run; --top N lists more."
                : $"These are the first {page.Items.Count} runs; --top N lists more.");
        }
    }

    internal static FittedTable TableOf(IEnumerable<RunRecord> runs)
    {
        var table = new FittedTable().Text("Run").LongText("Name", 1).Text("Status").Number("Valid.").Number("Test").Number("Time", 2)
            .Text("Winner", 3).Text("Created (UTC)", 4);
        foreach (var run in runs)
        {
            table.AddRow(
                run.Id, NameOf(run), run.Status.Describe(), Accuracy(run.Best?.ValidationAccuracy), Accuracy(run.Best?.TestAccuracy),
                run.Duration is { } duration ? DurationText.Of(duration) : Missing, run.Winner ?? Missing,
                run.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }

        return table;
    }

    /// <summary>The name and the tags, such as <c>baseline #night</c>.</summary>
    private static string NameOf(RunRecord run) =>
        string.Join(' ', run.Description.Tags.Select(tag => $"#{tag}").Prepend(run.Description.Name ?? "")).Trim();

    private static string Accuracy(double? share) => share?.ToString("0.0000", CultureInfo.InvariantCulture) ?? Missing;
}
