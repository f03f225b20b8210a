using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Local.Trainings;

/// <summary>Passes on every finished epoch, and at most four other reports a second.</summary>
internal sealed class ThrottledProgress(TimeProvider time, Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private long _last;

    public void Report(TrainingProgress value)
    {
        if (value.Completed is null && value.Batch > 0 && time.GetElapsedTime(_last) < Interval)
        {
            return;
        }

        _last = time.GetTimestamp();
        report(value);
    }
}
