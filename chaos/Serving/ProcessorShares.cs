using System.Diagnostics;
using System.Globalization;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>How the processors' time was shared between the parts of an experiment.</summary>
internal sealed class ProcessorShares
{
    private const string Server = "server";
    private const string Training = "training";

    private readonly Dictionary<string, TimeSpan> _used = new(StringComparer.Ordinal);
    private TimeSpan _elapsed;

    /// <summary>Adds what every part used during the work.</summary>
    public async Task MeasureAsync(Func<Task> work)
    {
        var before = Processes.ListTimes();
        var began = Stopwatch.GetTimestamp();
        await work();
        _elapsed += Stopwatch.GetElapsedTime(began);
        foreach (var (id, now) in Processes.ListTimes())
        {
            var then = before.GetValueOrDefault(id);
            var part = PartOf(id, now.Command);
            Add(part, now.Used - then.Used);
            // A training is a child of the server, and a process for a few epochs only.
            Add(part == Server ? Training : part, now.Children - then.Children);
        }
    }

    /// <summary>The mean number of processors that each part kept busy.</summary>
    public override string ToString() => string.Join(", ", _used
        .OrderByDescending(part => part.Value)
        .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Value / _elapsed:0.00}")));

    private void Add(string part, TimeSpan used) => _used[part] = _used.GetValueOrDefault(part) + used;

    private static string PartOf(int id, string command) =>
        id == Environment.ProcessId ? "clients"
        : command.Contains("azurite", StringComparison.OrdinalIgnoreCase) ? "emulator"
        : command.Contains(" serve ", StringComparison.Ordinal) ? Server
        : command.Contains("run-step", StringComparison.Ordinal) ? Training
        : "others";
}
