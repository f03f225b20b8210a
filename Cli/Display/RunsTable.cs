using System.Globalization;
using ServerlessFashion.Runs;
using Spectre.Console;

namespace ServerlessFashion.Cli.Display;

/// <summary>
/// Prints a list of runs. A terminal below <see cref="FullWidth"/> columns gets no frame and no time of creation, with which the id of
/// most runs begins.
/// </summary>
internal static class RunsTable
{
    public const int FullWidth = 120;

    private const string Missing = "-";

    private static readonly Column[] Columns =
    [
        new("Run", run => run.Id),
        new("Name", NameOf) { MayWrap = true },
        new("Status", run => run.Status.Describe()),
        new("Valid.", run => Accuracy(run.Best?.ValidationAccuracy)) { IsNumber = true },
        new("Test", run => Accuracy(run.Best?.TestAccuracy)) { IsNumber = true },
        new("Time", run => run.Duration is { } duration ? DurationText.Of(duration) : Missing) { IsNumber = true },
        new("Winner", run => run.Winner ?? Missing),
        new("Created (UTC)", run => run.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))
        {
            IsInFullTable = true,
        },
    ];

    private sealed record Column(string Title, Func<RunRecord, string> Text)
    {
        public bool IsNumber { get; init; }

        public bool MayWrap { get; init; }

        public bool IsInFullTable { get; init; }

        public TableColumn Render() =>
            new(Title) { NoWrap = !MayWrap, Alignment = IsNumber ? Justify.Right : Justify.Left, Padding = new Padding(0, 0, 1, 0) };
    }

    public static void Print(Output output, Page<RunRecord> page, bool isFiltered)
    {
        if (page.Items.Count == 0)
        {
            output.Line(isFiltered ? "no runs match" : "no runs yet; start one with ./fashion compare");
            return;
        }

        output.Table(Render(page.Items, !output.Console.Profile.Out.IsTerminal || output.Console.Profile.Width >= FullWidth));
        output.Line("Valid. and Test: accuracy of the winner's best seed. Time: from start to end.");
        if (page.Continuation is not null)
        {
            output.Line($"These are the first {page.Items.Count} runs; --top N lists more.");
        }
    }

    private static Table Render(IReadOnlyList<RunRecord> runs, bool isFull)
    {
        var table = isFull ? new Table().RoundedBorder() : new Table().Border(TableBorder.None);
        var columns = Columns.Where(column => isFull || !column.IsInFullTable).ToList();
        foreach (var column in columns)
        {
            table.AddColumn(column.Render());
        }

        foreach (var run in runs)
        {
            table.AddRow([.. columns.Select(column => Markup.Escape(column.Text(run)))]);
        }

        return table;
    }

    /// <summary>The name and the tags, such as <c>baseline #night</c>.</summary>
    private static string NameOf(RunRecord run) =>
        string.Join(' ', run.Description.Tags.Select(tag => $"#{tag}").Prepend(run.Description.Name ?? "")).Trim();

    private static string Accuracy(double? share) => share?.ToString("0.0000", CultureInfo.InvariantCulture) ?? Missing;
}
