namespace ServerlessFashion.Chaos.Freezes;

/// <summary>
/// Freezes a worker at each storage call of its commits, lets a successor take over, and lets the worker go on. Also several processes on
/// one run, and a worker that is cut off from its storage for a while.
/// </summary>
internal sealed class FreezeExperiment : IExperiment
{
    private const int Moments = 30;

    /// <summary>Workers frozen at the same time, each with a storage of its own: a freeze is mostly waiting.</summary>
    private const int AtOnce = 3;

    private const int Together = 6;
    private static readonly int[] CutOffSeconds = [5, 20, 120];

    /// <inheritdoc/>
    public string Name => "freezes";

    /// <inheritdoc/>
    public string Description => "Freezes workers while others take over (parts: moments, together, cut).";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentSetup setup, CancellationToken cancellation)
    {
        var reference = await UndisturbedRun.MeasureAsync(Recipe.Short, setup.Tally, cancellation);
        if (setup.Wants("moments"))
        {
            var moments = await FreezeMoment.ListAsync(cancellation);
            setup.Tally.Say($"the commits of a run make {moments.Length / 2} calls; a worker may freeze before and after each");
            setup.Random.Shuffle(moments);
            FrozenRun[] runs = [.. Enumerable.Range(0, setup.Count ?? Moments).Select(i =>
                new FrozenRun(moments[i % moments.Length], setup.Random.NextDouble(), reference, setup))];
            var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
            await Parallel.ForEachAsync(runs, options, async (run, stop) => await run.RunAsync(stop));
        }

        for (var i = 0; setup.Wants("together") && i < (setup.Count ?? Together); i++)
        {
            await new SharedRun(2 + (i % 2), reference, setup).RunAsync(cancellation);
        }

        foreach (var seconds in CutOffSeconds.Where(_ => setup.Wants("cut")))
        {
            await new CutOffRun(TimeSpan.FromSeconds(seconds), reference, setup).RunAsync(cancellation);
        }
    }
}
