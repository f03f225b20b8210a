namespace ServerlessFashion.Chaos.Machines;

/// <summary>Runs on machines that are unusual: full, read-only, foreign, without a home, in other languages, with a wrong clock.</summary>
internal sealed class MachineExperiment : IExperiment
{
    private static readonly IReadOnlyList<IMachineCondition> Conditions =
    [
        new FullDisk(), new ReadOnlyFolder(), new OtherUser(), new ClockBack(),
        new Surroundings("no-home", new Dictionary<string, string?> { ["HOME"] = null }),
        new Surroundings("missing-home", new Dictionary<string, string?> { ["HOME"] = "/nonexistent" }),
        new Surroundings("ascii", new Dictionary<string, string?> { ["LC_ALL"] = "C", ["LANG"] = "C" }),
        new Surroundings("turkish", Language("tr_TR.UTF-8")),
        new Surroundings("arabic", Language("ar_SA.UTF-8")),
    ];

    /// <inheritdoc/>
    public string Name => "machines";

    /// <inheritdoc/>
    public string Description =>
        $"Runs on unusual machines (parts: {string.Join(", ", Conditions.Select(condition => condition.Name))}).";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentSetup setup, CancellationToken cancellation)
    {
        var reference = await UndisturbedRun.MeasureAsync(Recipe.Short, setup.Tally, cancellation);
        foreach (var condition in Conditions.Where(condition => setup.Wants(condition.Name)))
        {
            await condition.RunAsync(reference, setup, cancellation);
        }
    }

    private static Dictionary<string, string?> Language(string name) => new()
    {
        ["LC_ALL"] = name,
        ["LANG"] = name,
        ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0",
    };
}
