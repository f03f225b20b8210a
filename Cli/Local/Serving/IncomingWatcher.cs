using Azure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Phrases;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Storage;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Cli.Local.Serving;

/// <summary>
/// Looks for uploads in the container <c>incoming</c> once a second, and less often when listing them takes long. It predicts each
/// version once, one after the other, because a prediction uses all cores. It replaces the blob trigger of Azure.
/// </summary>
internal sealed class IncomingWatcher(
    FashionStorage storage, IncomingPredictor predictor, TimeProvider time, Output output, ILogger<IncomingWatcher>? log = null)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    /// <summary>Listing takes at most one part of the time in this many: five percent.</summary>
    private const int Share = 20;

    private readonly BlobContainerClient _incoming = storage.Container(StorageNames.Incoming);
    private readonly DateTimeOffset _start = time.GetUtcNow();

    /// <summary>The version of each upload that is already handled.</summary>
    private Dictionary<string, ETag> _done = [];

    /// <summary>Number of predictions that were tried.</summary>
    private int _handled;

    /// <summary>Watches until <paramref name="stop"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var began = time.GetTimestamp();
                var handled = _handled;
                var allWell = await PollAsync(stop);
                // The time of predictions says nothing about that of a list.
                var listing = _handled == handled ? time.GetElapsedTime(began) : TimeSpan.Zero;
                await Task.Delay(allWell ? IntervalAfter(listing) : RetryInterval, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    /// <summary>The wait after a list of unchanged uploads that took so long.</summary>
    internal static TimeSpan IntervalAfter(TimeSpan listing) =>
        TimeSpan.FromTicks(Math.Clamp(listing.Ticks * Share, PollInterval.Ticks, LongestInterval.Ticks));

    /// <returns>False if something must be tried again.</returns>
    private async Task<bool> PollAsync(CancellationToken stop)
    {
        var allWell = true;
        var seen = new Dictionary<string, ETag>();
        try
        {
            await foreach (var item in _incoming.GetBlobsAsync(cancellationToken: stop))
            {
                var blob = new IncomingBlob(item.Name, item.Properties.ETag!.Value);
                if ((_done.TryGetValue(blob.Name, out var done) && done == blob.ETag) || await TryPredictAsync(blob, stop))
                {
                    seen[blob.Name] = blob.ETag;
                }
                else
                {
                    allWell = false;
                }
            }

            _done = seen;
            return allWell;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Whatever it is, the server has more to do than this.
            output.Line($"incoming: cannot be listed: {e.Message.Split('\n')[0].Trim()}");
            log?.UploadsUnlisted(e);
            return false;
        }
    }

    private async Task<bool> TryPredictAsync(IncomingBlob blob, CancellationToken stop)
    {
        try
        {
            _handled++;
            var record = await predictor.PredictAsync(blob, stop);
            if (record.At >= _start)
            {
                output.Line(record.Status switch
                {
                    PredictionStatus.Predicted =>
                        $"incoming/{blob.Name}: {Quantity.Of(record.Count ?? 0, "image")} predicted by {record.Model}",
                    PredictionStatus.Failed => $"incoming/{blob.Name}: {record.Error}",
                    _ => $"incoming/{blob.Name}: replaced before it was predicted",
                });
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Tried again, and given up by the predictor after a few attempts.
            output.Line($"incoming/{blob.Name}: {e.Message.Split('\n')[0].Trim()}");
            log?.UploadWaits(blob.Name, e);
            return false;
        }
    }
}
