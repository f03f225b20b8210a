using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Hosting;

/// <summary>Adds the run, and the training's seed, of the current span to each log record.</summary>
internal sealed class RunTagProcessor : BaseProcessor<LogRecord>
{
    private static readonly string[] Tags = [TelemetryNames.RunIdTag, TelemetryNames.ModelTag, TelemetryNames.SeedTag];

    public override void OnEnd(LogRecord data)
    {
        var found = Tags.Select(tag => KeyValuePair.Create(tag, Find(tag))).Where(tag => tag.Value is not null).ToList();
        if (found.Count > 0)
        {
            data.Attributes = [.. data.Attributes ?? [], .. found];
        }
    }

    private static object? Find(string tag)
    {
        for (var span = Activity.Current; span is not null; span = span.Parent)
        {
            if (span.GetTagItem(tag) is { } value)
            {
                return value;
            }
        }

        return null;
    }
}
