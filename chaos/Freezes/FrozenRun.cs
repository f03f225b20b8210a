namespace ServerlessFashion.Chaos.Freezes;

/// <summary>One worker that is frozen, overtaken by a successor and thawed while that one works, or after it.</summary>
/// <param name="thaw">When it is thawed, as a share of <see cref="FreezeSpread"/> after the shortest freeze, 0..1.</param>
internal sealed class FrozenRun(FreezeMoment moment, double thaw, UndisturbedRun reference, ExperimentSetup setup)
{
    /// <summary>The lease of a lock lasts 15 s; the successor begins after it.</summary>
    private static readonly TimeSpan ShortestFreeze = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan FreezeSpread = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var storage = await ScratchStorage.StartAsync(cancellation);
        var proxy = await storage.AddProxyAsync();
        var frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thawed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        FashionCommand? worker = null;
        proxy.Rule = moment.Rule(
            () =>
            {
                Processes.Freeze(worker!.Id);
                frozen.SetResult();
            },
            thawed.Task);
        worker = storage.Start(Recipe.Short.Arguments, proxy);
        await using var disposed = worker;
        var run = await worker.WaitForRunAsync(cancellation);
        await frozen.Task.WaitAsync(Limit, cancellation);

        await using var successor = storage.Resume(run);
        setup.Tally.Count("workers frozen");
        var ended = await successor.WaitAsync(ShortestFreeze + (FreezeSpread * thaw), cancellation) is not null;
        setup.Tally.Count(ended ? "thawed after the successor had ended" : "thawed while the successor worked");
        Processes.Thaw(worker.Id);
        thawed.SetResult();

        if (await setup.Tally.CheckDoneAsync($"successor of a worker {moment}", successor, Limit, cancellation))
        {
            await setup.Tally.CheckEndsClearlyAsync("thawed workers", worker, Limit, cancellation);
            await using var again = storage.Resume(run);
            await setup.Tally.CheckDoneAsync($"resume after a worker {moment}", again, Limit, cancellation);
            await setup.Tally.CheckBitsAsync(
                $"worker {moment}", storage.Emulator.ConnectionString, run, reference.Files, cancellation);
            setup.Tally.Say($"{moment}: done");
        }
    }
}
