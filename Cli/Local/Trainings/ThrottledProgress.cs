using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Local.Trainings;

/// <summary>Passes on every finished epoch, and at most four other reports a second. Thread-safe.</summary>
internal sealed class ThrottledProgress(TimeProvider time, Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private long _last;

    public void Report(TrainingProgress value)
    {
        lock (_gate)
        {
            if (value.Completed is null && value.Batch > 0 && time.GetElapsedTime(_last) < Interval)
            {
                return;
            }

            _last = time.GetTimestamp();
            report(value);
        }
    }
}
