using ServerlessFashion.Application;
using ServerlessFashion.Cli.Local;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Pages;

/// <summary>Reports on this machine, in folders of their own under the project's folder.</summary>
/// <param name="folder">Folder of the reports.</param>
internal sealed class LocalRunPages(ComparisonQueries comparisons, ReportQueries reports, string folder) : IRunPages
{
    private const string Page = "index.html";

    /// <summary>The file that a report gets last.</summary>
    private const string Marker = "report.json";

    public LocalRunPages(ComparisonQueries comparisons, ReportQueries reports)
        : this(comparisons, reports, Path.Combine(ProjectFolder.State, "reports"))
    {
    }

    /// <summary>Writes the stored report of the run, unless the folder has it already.</summary>
    /// <exception cref="InvalidInputException">The run has no report.</exception>
    public async Task<RunPage> GetAsync(string? run, CancellationToken cancellation)
    {
        var found = await comparisons.GetAsync(run ?? RunReferences.Latest, cancellation);
        var target = Path.Combine(folder, found.Id);
        var stored = await reports.FindFileAsync(found.Id, Marker, cancellation)
            ?? throw new InvalidInputException($"run: {found.Id} is {found.Status.Describe()} and has no report.");
        await stored.Content.DisposeAsync();
        // A resumed run writes its report again.
        var marker = new FileInfo(Path.Combine(target, Marker));
        if (!marker.Exists || marker.LastWriteTimeUtc < stored.LastModified)
        {
            await reports.DownloadAsync(found.Id, target, cancellation);
        }

        var page = Path.Combine(target, Page);
        return new RunPage(page, page);
    }
}
