using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Functions.Tests.Durable;

internal static class Runs
{
    public static RunConfiguration Configuration(params string[] models) =>
        Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = models }, _ => 1);

    public static ComparisonRequest Request(string id, params string[] models) => new(id, Configuration(models));
}
