using ServerlessFashion.Application;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Cli.Display;

/// <summary>Waits for the predictions of an upload.</summary>
internal sealed class UploadWait(IUploadService uploads, Output output, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>A predictor that runs begins within a few seconds.</summary>
    private static readonly TimeSpan Surprise = TimeSpan.FromSeconds(20);

    /// <summary>What becomes of a version of a file until the time or the patience of the user ends.</summary>
    public async Task<UploadOutcome> WatchAsync(UploadName name, string version, TimeSpan timeout, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var pause = ShortestPause;
        var isSurprised = false;
        while (true)
        {
            var outcome = await uploads.GetOutcomeAsync(name, version, CancellationToken.None);
            var waited = time.GetElapsedTime(began);
            if (outcome.IsFinished || waited > timeout || cancellation.IsCancellationRequested)
            {
                return outcome;
            }

            if (!isSurprised && outcome.Status == UploadStatus.Waiting && waited > Surprise)
            {
                isSurprised = true;
                output.Line($"incoming/{name.Blob}: waits; `fashion serve` or the Functions app on the same storage account predicts it");
            }

            await Task.WhenAny(Task.Delay(pause, time, cancellation));
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }
}
