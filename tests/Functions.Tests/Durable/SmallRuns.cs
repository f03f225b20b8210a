using ServerlessFashion.Pipeline;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Functions.Tests.Durable;

internal static class SmallRuns
{
    public static RunConfiguration Configuration(params string[] models) =>
        Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = models }, _ => 1);

    public static ComparisonRequest Request(string id, params string[] models) => new(id, Configuration(models));
}
