namespace ServerlessFashion.Chaos.Freezes;

/// <summary>Several processes that continue one run at the same time. All must end well.</summary>
internal sealed class SharedRun(int processes, UndisturbedRun reference, ExperimentSetup setup)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var storage = await ScratchStorage.StartAsync(cancellation);
        await using var first = storage.Start(Recipe.Short.Arguments);
        var run = await first.WaitForRunAsync(cancellation);
        await Task.Delay(setup.RandomTime(reference.Duration / 2), cancellation);
        var all = new List<FashionCommand> { first };
        all.AddRange(Enumerable.Range(2, processes - 1).Select(_ => storage.Resume(run)));
        foreach (var command in all)
        {
            await setup.Tally.CheckDoneAsync($"one of {processes} processes on one run", command, Limit, cancellation);
            await command.DisposeAsync();
        }

        setup.Tally.Count($"runs of {processes} processes");
        await setup.Tally.CheckBitsAsync(
            $"{processes} processes on one run", storage.Emulator.ConnectionString, run, reference.Files, cancellation);
    }
}
