using System.Globalization;

namespace ServerlessFashion.Chaos.Freezes;

/// <summary>A worker whose calls get no answer for a while. It must wait, say so and end well.</summary>
internal sealed class CutOffRun(TimeSpan duration, UndisturbedRun reference, ExperimentSetup setup)
{
    private const string Waiting = "waiting for storage at ";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"workers cut off for {duration.TotalSeconds:0} s");
        await using var storage = await ScratchStorage.StartAsync(cancellation);
        var proxy = await storage.AddProxyAsync();
        await using var worker = storage.Start(Recipe.Short.Arguments, proxy);
        var run = await worker.WaitForRunAsync(cancellation);
        await Task.Delay(setup.RandomTime(reference.Duration / 2), cancellation);

        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Rule = async call =>
        {
            await connected.Task;
            await call.PassAsync();
        };
        await Task.Delay(duration, cancellation);
        proxy.Rule = call => call.PassAsync();
        connected.SetResult();

        setup.Tally.Count(what);
        if (await setup.Tally.CheckDoneAsync(what, worker, Limit, cancellation))
        {
            await setup.Tally.CheckBitsAsync(what, storage.Emulator.ConnectionString, run, reference.Files, cancellation);
        }

        if (worker.Errors.Concat(worker.Output).Any(line => line.Contains(Waiting, StringComparison.Ordinal)))
        {
            setup.Tally.Count($"{what} that said what they waited for");
        }
    }
}
