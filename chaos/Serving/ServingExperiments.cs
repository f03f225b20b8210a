namespace ServerlessFashion.Chaos.Serving;

/// <summary>The experiments with one server and its clients.</summary>
internal static class ServingExperiments
{
    public static IReadOnlyList<IExperiment> All { get; } = [new StartsExperiment(), new LoadExperiment(), new SoakExperiment()];
}
