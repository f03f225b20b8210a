using System.Globalization;
using System.Text;

namespace ServerlessFashion.Scale;

/// <summary>A result as a Markdown table.</summary>
internal static class ResultTable
{
    /// <summary>From this load on waits grow without bound when arrivals vary.</summary>
    private const double Full = .95;

    public static string Render(SimulationResult result)
    {
        var text = new StringBuilder("| | |\n|---|---|\n");
        var options = result.Options;
        var runs = Math.Max(1, result.Started);
        Row("arrivals", $"{options.PerDay:N0} a day for {options.Arrivals.TotalHours:0.##} h, seed {options.Seed}");
        Row("runs", $"{result.Started:N0} started, {result.Completed:N0} completed, {result.Failures.Values.Sum():N0} trainings failed");
        Row("run, from request to end", Percentiles(result.Durations));
        Row("wait for a trainer, of each training step", Percentiles(result.Trainers.Waits));
        Row("wait for an api slot, of each light step", Percentiles(result.Api.Waits));
        Row("wait for the task hub, of each action", Percentiles(result.Hub.Waits));
        var (busy, present) = (result.Trainers.Busy.Hours, result.Trainers.Present);
        Row("trainers", $"{busy:N1} h at work, {present.Hours:N1} h paid, peak {present.Peak} of {options.Trainers}");
        Row("trainer hours a run", $"{busy / runs:0.0000} at work, {present.Hours / runs:0.0000} paid");
        Row("actions a run", $"{(double)result.Hub.Actions / runs:0.0}");
        Row("storage requests a run", $"{result.Storage.Sum.Total / runs:0.0}");
        foreach (var (kind, count) in result.Storage.Sum.ByKind)
        {
            Row($"- {kind}", $"{count / runs:0.0}");
        }

        var sum = result.Storage.Sum;
        Row("storage, MB a run", $"{sum.WrittenMegabytes / runs:N0} written, {sum.ReadMegabytes / runs:N0} read");
        Row("storage requests a second, peak", $"{result.Storage.Peak:N1}");
        foreach (var limit in result.Limits)
        {
            Row($"load of {limit.Name}", $"{limit.Load:P2}");
        }

        var nearest = result.Limits.MaxBy(limit => limit.Load)!;
        Row("limit that binds", $"{(nearest.Load >= Full ? "" : "none; nearest is ")}{nearest.Name}");
        foreach (var (error, count) in result.Failures)
        {
            Row($"error, {count:N0} times", $"{error}");
        }

        return text.ToString();

        void Row(string name, FormattableString value) =>
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {value.ToString(CultureInfo.InvariantCulture)} |\n");
    }

    private static FormattableString Percentiles(Waits waits) =>
        $"p50 {waits.Percentile(.5):0.0} s, p95 {waits.Percentile(.95):0.0} s, p99 {waits.Percentile(.99):0.0} s";
}
