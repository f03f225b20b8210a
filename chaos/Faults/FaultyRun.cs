using ServerlessFashion.Chaos.Proxy;

namespace ServerlessFashion.Chaos.Faults;

/// <summary>A run whose storage fails. It must wait, say what it waits for, and end with the bits of an undisturbed run.</summary>
internal sealed class FaultyRun(StorageFault fault, UndisturbedRun reference, ExperimentSetup setup)
{
    private const string Waiting = "waiting for storage at ";

    /// <summary>The share of calls that fail in a run with scattered faults.</summary>
    private const double Share = .15;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Every call fails for ten seconds that begin at a random moment of the run.</summary>
    public async Task RunWithOutageAsync(CancellationToken cancellation)
    {
        await using var storage = await ScratchStorage.StartAsync(cancellation);
        var proxy = await storage.AddProxyAsync();
        await using var worker = storage.Start(Recipe.Short.Arguments, proxy);
        var run = await worker.WaitForRunAsync(cancellation);
        await Task.Delay(setup.RandomTime(reference.Duration / 2), cancellation);

        var failed = 0;
        proxy.Rule = call =>
        {
            Interlocked.Increment(ref failed);
            return fault.Apply(call);
        };
        await Task.Delay(Outage, cancellation);
        proxy.Rule = call => call.PassAsync();

        var what = $"{fault.Name} for {Outage.TotalSeconds:0} s";
        await CheckAsync(what, storage, worker, run, failed, cancellation);
        var said = worker.Errors.Concat(worker.Output).Where(line => line.Contains(Waiting, StringComparison.Ordinal)).ToList();
        if (!fault.IsSilent)
        {
            setup.Tally.Count($"{what}: runs that said what they wait for", said.Count > 0 ? 1 : 0);
        }

        setup.Tally.Say($"{what}: {failed} calls failed; {(said is [var first, ..] ? first : "nothing said")}");
    }

    /// <summary>Calls at random fail during the whole run.</summary>
    public async Task RunWithScatteredFaultsAsync(CancellationToken cancellation)
    {
        await using var storage = await ScratchStorage.StartAsync(cancellation);
        var proxy = await storage.AddProxyAsync();
        var failed = 0;
        var random = new Random(setup.Random.Next());
        proxy.Rule = call =>
        {
            if (!IsHit(random))
            {
                return call.PassAsync();
            }

            Interlocked.Increment(ref failed);
            return fault.Apply(call);
        };
        await using var worker = storage.Start(Recipe.Short.Arguments, proxy);
        var what = $"{fault.Name} at random";
        var code = await worker.WaitAsync(Limit, cancellation);
        if (worker.RunId is not { } run)
        {
            setup.Tally.Lose($"{what}: the command ended with code {code} before it had a run: {worker.ErrorText}");
            return;
        }

        await CheckAsync(what, storage, worker, run, failed, cancellation);
        setup.Tally.Say($"{what}: {failed} of {proxy.Calls} calls failed");
    }

    private async Task CheckAsync(
        string what, ScratchStorage storage, FashionCommand worker, string run, int failed, CancellationToken cancellation)
    {
        setup.Tally.Count($"{what}: runs");
        setup.Tally.Count($"{what}: calls that failed", failed);
        if (await setup.Tally.CheckDoneAsync(what, worker, Limit, cancellation))
        {
            await setup.Tally.CheckBitsAsync(what, storage.Emulator.ConnectionString, run, reference.Files, cancellation);
        }
    }

    private static bool IsHit(Random random)
    {
        lock (random)
        {
            return random.NextDouble() < Share;
        }
    }
}
