using System.Globalization;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>
/// Many runs are started together over HTTP while the server is killed again and again. Each must complete with the bits of an
/// undisturbed run of its own options.
/// </summary>
internal sealed class StartsExperiment : IExperiment
{
    private const int Runs = 20;
    private const int Kills = 10;

    /// <summary>Most memory of the server, which trains nothing itself.</summary>
    private const double MostMegabytes = 600;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(40);

    /// <inheritdoc/>
    public string Name => "starts";

    /// <inheritdoc/>
    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"Starts {Runs} runs together over HTTP and kills the server {Kills} times (--count) meanwhile.");

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentSetup setup, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(Limit);
        await using var project = await ServedProject.StartAsync(late.Token);
        await using var memory = MemoryWatch.Start(project.FindServer);
        var references = new Dictionary<ServedRun, RunFiles>();
        foreach (var kind in ServedRun.All)
        {
            var run = await project.Client.StartAsync($"reference {kind}", kind.Options, late.Token);
            await project.Client.WaitAsync(run, late.Token);
            references[kind] = await RunFiles.ReadAsync(project.ConnectionString, run, late.Token);
            setup.Tally.Say($"undisturbed run of {kind}: {references[kind].Count} results");
        }

        var clients = Enumerable.Range(0, Runs).Select(number => RunAsync(number, project, references, setup, late.Token)).ToList();
        var kills = await KillAsync(project, Task.WhenAll(clients), setup, late.Token);
        var runs = await Task.WhenAll(clients);

        var listed = (await project.Client.GetAsync("/api/comparisons?top=100", late.Token))["items"]!.AsArray().Count;
        setup.Tally.Count("kills of the server", kills);
        setup.Tally.Count("different runs", runs.Distinct().Count());
        setup.Tally.Count("runs listed", listed - references.Count);
        setup.Tally.Count("most megabytes of the server", (int)memory.PeakMegabytes);
        if (listed != Runs + references.Count || runs.Distinct().Count() != Runs)
        {
            setup.Tally.Lose("the requests and the runs do not match one to one");
        }

        if (memory.PeakMegabytes > MostMegabytes)
        {
            setup.Tally.Lose("the server took too much memory");
        }
    }

    private static async Task<string> RunAsync(
        int number, ServedProject project, Dictionary<ServedRun, RunFiles> references, ExperimentSetup setup,
        CancellationToken cancellation)
    {
        var kind = ServedRun.All[number % ServedRun.All.Count];
        var run = await project.Client.StartAsync(string.Create(CultureInfo.InvariantCulture, $"run {number}"), kind.Options, cancellation);
        var status = await project.Client.WaitAsync(run, cancellation);
        setup.Tally.Count($"runs {status}");
        setup.Tally.Say(string.Create(CultureInfo.InvariantCulture, $"run {number} ({kind}) is {status}"));
        if (status != "completed")
        {
            setup.Tally.Lose($"{run} ({kind}) is {status}");
            return run;
        }

        await setup.Tally.CheckBitsAsync(kind.ToString(), project.ConnectionString, run, references[kind], cancellation);
        return run;
    }

    /// <summary>Kills the server at random moments until it was killed often enough or all runs have ended.</summary>
    private static async Task<int> KillAsync(ServedProject project, Task allEnded, ExperimentSetup setup, CancellationToken cancellation)
    {
        var kills = 0;
        while (kills < (setup.Count ?? Kills))
        {
            // The first moments are those of the requests, the others are spread over trainings, reports and starts.
            var pause = setup.RandomTime(TimeSpan.FromSeconds(kills == 0 ? 1 : 30));
            if (await Task.WhenAny(allEnded, Task.Delay(pause, cancellation)) == allEnded)
            {
                break;
            }

            var alone = setup.Random.Next(2) == 0;
            await project.KillServerAsync(alone);
            kills++;
            setup.Tally.Say(string.Create(CultureInfo.InvariantCulture, $"kill {kills} of the server"));
            setup.Tally.Count(alone ? "kills of the server alone" : "kills of the server with its trainings");
            await project.ServeAsync(cancellation);
        }

        return kills;
    }
}
