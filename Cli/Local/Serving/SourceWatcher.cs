using Azure;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Application;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Local.Serving;

/// <summary>
/// Looks for sources of data sets in the container <c>datasets</c>, as often as <see cref="IncomingWatcher"/> looks for uploads, and
/// registers them one after the other. It replaces the blob trigger of Azure.
/// </summary>
internal sealed class SourceWatcher(SentSources sources, TimeProvider time, Output output, ILogger<SourceWatcher>? log = null)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    /// <summary>The version of each source that is already handled.</summary>
    private Dictionary<string, ETag> _done = [];

    /// <summary>Watches until <paramref name="stop"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(await PollAsync(stop) ?? RetryInterval, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    /// <returns>The time to the next look; null if something must be tried again.</returns>
    private async Task<TimeSpan?> PollAsync(CancellationToken stop)
    {
        var allWell = true;
        try
        {
            var began = time.GetTimestamp();
            var found = await sources.ListAsync(stop);
            var interval = IncomingWatcher.IntervalAfter(time.GetElapsedTime(began));
            var seen = new Dictionary<string, ETag>();
            foreach (var (name, version) in found)
            {
                if ((_done.TryGetValue(name, out var done) && done == version) || await TryImportAsync(name, stop))
                {
                    seen[name] = version;
                }
                else
                {
                    allWell = false;
                }
            }

            _done = seen;
            return allWell ? interval : null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Whatever it is, the server has more to do than this.
            output.Line($"datasets: cannot be listed: {e.Message.Split('\n')[0].Trim()}");
            log?.SourcesUnlisted(e);
            return null;
        }
    }

    private async Task<bool> TryImportAsync(string name, CancellationToken stop)
    {
        try
        {
            if (await sources.ImportAsync(name, stop) is { } outcome)
            {
                output.Line($"datasets/{name}: {(outcome.Set is { } set ? DatasetText.Summary(set) : outcome.Error)}");
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            output.Line($"datasets/{name}: {e.Message.Split('\n')[0].Trim()}");
            log?.SourceWaits(name, e);
            return false;
        }
    }
}
