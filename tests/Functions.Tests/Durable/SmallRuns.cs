using ServerlessFashion.Runs;

namespace ServerlessFashion.Functions.Tests.Durable;

internal static class SmallRuns
{
    public static RunDefinition Define(params string[] models) =>
        Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = models }, _ => 1);
}
