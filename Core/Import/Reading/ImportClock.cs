using ServerlessFashion.Data;

namespace ServerlessFashion.Import.Reading;

/// <summary>Reports progress twice a second, with an estimate of the time that is left. Several threads may report.</summary>
internal sealed class ImportClock(TimeProvider time, IProgress<ImportProgress>? progress)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Earlier estimates would be guesses.</summary>
    private static readonly TimeSpan FirstEstimate = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private ImportStage? _stage;
    private long _began;
    private long _reported;

    public void Report(ImportStage stage, long done, long? total)
    {
        if (progress is null)
        {
            return;
        }

        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (stage != _stage)
            {
                (_stage, _began, _reported) = (stage, now, now);
            }
            else if (done != total && time.GetElapsedTime(_reported, now) < Interval)
            {
                return;
            }

            _reported = now;
            var elapsed = time.GetElapsedTime(_began, now);
            TimeSpan? left = total is { } all && done > 0 && elapsed >= FirstEstimate ? elapsed * ((all - done) / (double)done) : null;
            progress.Report(new ImportProgress(stage, done, total, left));
        }
    }
}
