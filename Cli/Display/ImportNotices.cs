using System.Globalization;
using ServerlessFashion.Data;

namespace ServerlessFashion.Cli.Display;

/// <summary>Says every five seconds how far an import is.</summary>
internal sealed class ImportNotices(Output output, TimeProvider time) : IProgress<ImportProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long _said = time.GetTimestamp();

    public void Report(ImportProgress value)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_said) < Interval)
            {
                return;
            }

            _said = time.GetTimestamp();
        }

        output.Notice(Text(value));
    }

    internal static string Text(ImportProgress progress)
    {
        var verb = progress.Stage.ToString().ToLowerInvariant();
        var total = progress.Total is { } images ? string.Create(CultureInfo.InvariantCulture, $" of {images:#,0}") : "";
        var left = progress.Remaining is { } time ? $", {DurationText.Of(time)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{verb} images: {progress.Done:#,0}{total}{left}");
    }
}
