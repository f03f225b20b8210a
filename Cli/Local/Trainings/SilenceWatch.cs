using System.Globalization;

namespace ServerlessFashion.Cli.Local.Trainings;

/// <summary>
/// Reports that a training process has been silent: after two minutes, and each time the silence has lasted twice as long.
/// </summary>
internal sealed class SilenceWatch : IDisposable
{
    /// <summary>Longer than a batch of the largest network on a busy machine.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<string> _report;
    private readonly ITimer _timer;
    private TimeSpan _silence = First;

    /// <param name="report">Receives the length of the silence for people, such as <c>2 min</c>.</param>
    public SilenceWatch(TimeProvider time, Action<string> report)
    {
        _time = time;
        _report = report;
        _timer = _time.CreateTimer(_ => Report(), null, First, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The process has said something.</summary>
    public void Touch()
    {
        lock (_gate)
        {
            _silence = First;
            _timer.Change(First, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Report()
    {
        string lasted;
        lock (_gate)
        {
            lasted = string.Create(CultureInfo.InvariantCulture, $"{_silence.TotalMinutes:0} min");
            // The same time again makes the silence twice as long.
            _timer.Change(_silence, Timeout.InfiniteTimeSpan);
            _silence *= 2;
        }

        _report(lasted);
    }
}
