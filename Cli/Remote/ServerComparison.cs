using ServerlessFashion.Application;
using ServerlessFashion.Cli.Comparisons;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Live;
using ServerlessFashion.Client;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Remote;

/// <summary>Has a server carry out runs, and shows their progress. A run goes on when this process leaves.</summary>
internal sealed class ServerComparison(
    RemoteComparisons comparisons, RunWatch watch, RemoteReports reports, ServerOptions server, Output output) : IComparisonTarget
{
    public Task<string> StartAsync(ComparisonOptions options, CancellationToken cancellation) =>
        comparisons.StartAsync(options, Guid.NewGuid().ToString(), cancellation);

    public Task<string> ResumeAsync(string id, CancellationToken cancellation) => comparisons.ResumeAsync(id, cancellation);

    public async Task<ComparisonOutcome> WatchAsync(string id, CancellationToken cancellation)
    {
        var configuration = await comparisons.GetConfigurationAsync(id, cancellation);
        ConfigurationText.Print(output, configuration);
        output.Line($"server: {server.Url}");
        var display = new RunDisplay(output, RemoteDefinition.Of(configuration));
        return await display.WatchAsync(ShowAsync(id, display.Monitor, cancellation));
    }

    public async Task DownloadReportAsync(string id, string folder, CancellationToken cancellation)
    {
        var report = await reports.ReadAsync([id], cancellation);
        await report.WriteAsync(folder, cancellation);
    }

    public string? DescribeInterruption(Exception exception) => (exception as ServerException)?.Message;

    /// <summary>Shows the run until it ends or the user leaves.</summary>
    /// <returns>The outcome, or the state of a run that goes on without this process.</returns>
    private async Task<ComparisonOutcome> ShowAsync(string id, RunMonitor monitor, CancellationToken cancellation)
    {
        var progress = new RemoteProgress(monitor);
        try
        {
            await foreach (var status in watch.WatchAsync(id, progress.Interrupt, cancellation))
            {
                progress.Show(status);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The user leaves; the run goes on.
        }

        return await comparisons.GetOutcomeAsync(id, CancellationToken.None);
    }
}
