using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>One server carries out small runs and predictions for a long time. What it holds must not grow.</summary>
internal sealed class SoakExperiment : IExperiment
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(1);

    /// <summary>Longer than a run, so that each interval has a moment between two runs.</summary>
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PredictionPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "soak";

    /// <inheritdoc/>
    public string Description => "Runs and predictions in one server for an hour (--minutes): memory, handles and threads stay flat.";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentSetup setup, CancellationToken cancellation)
    {
        await using var project = await ServedProject.StartAsync(cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var first = await project.Client.StartAsync("first", ServedRun.All[0].Options, cancellation);
        await project.Client.WaitAsync(first, cancellation);

        var length = setup.Duration ?? Length;
        var growth = new Growth(length);
        end.CancelAfter(length);
        await Task.WhenAll(
            TrainAsync(project.Client, setup, end.Token),
            PredictAsync(project.Client, setup, end.Token),
            SampleAsync(project, growth, setup, end.Token));

        cancellation.ThrowIfCancellationRequested();
        growth.Print(setup.Tally);
        setup.Tally.Count("samples", growth.Count);
        var code = await project.StopServerAsync(cancellation);
        if (code != 0)
        {
            var exit = code?.ToString(CultureInfo.InvariantCulture) ?? "none";
            setup.Tally.Lose($"the server ended with code {exit} when it was asked to stop");
        }
    }

    /// <summary>Run after run. Each is deleted after the next one, where its model is not needed.</summary>
    private static Task TrainAsync(FashionClient client, ExperimentSetup setup, CancellationToken end) => UntilEndAsync(async () =>
    {
        string? before = null;
        for (var number = 0; ; number++)
        {
            var kind = ServedRun.All[number % ServedRun.All.Count];
            var run = await client.StartAsync(string.Create(CultureInfo.InvariantCulture, $"run {number}"), kind.Options, end);
            var status = await client.WaitAsync(run, end);
            setup.Tally.Count($"runs {status}");
            if (status != "completed")
            {
                setup.Tally.Lose($"{run} is {status}");
            }

            if (before is not null)
            {
                setup.Tally.Count(await client.DeleteAsync(before, end) == HttpStatusCode.NoContent ? "runs deleted" : "runs kept");
            }

            before = run;
        }
    });

    private static Task PredictAsync(FashionClient client, ExperimentSetup setup, CancellationToken end) => UntilEndAsync(async () =>
    {
        var random = new Random(setup.Random.Next());
        for (var number = 0; ; number++)
        {
            var body = (number % 20) switch
            {
                0 => PredictionBody.Json(1000, random, isSpacious: true),
                10 => PredictionBody.Csv(1000, random),
                5 or 15 => PredictionBody.Csv(100, random),
                _ => PredictionBody.Json(1, random),
            };
            var answer = await client.PredictAsync(body, null, end);
            setup.Tally.Count("images predicted", body.Images);
            setup.Tally.Count("prediction requests");
            if (answer["predictions"]!.AsArray().Count != body.Images)
            {
                setup.Tally.Lose("a prediction lacks images");
            }

            await Task.Delay(PredictionPause, end);
        }
    });

    /// <summary>
    /// Each sample is the least that the server held in an interval: what it keeps, without the work in progress, which takes 100 MB now
    /// and nothing a second later.
    /// </summary>
    private static Task SampleAsync(ServedProject project, Growth growth, ExperimentSetup setup, CancellationToken end) =>
        UntilEndAsync(async () =>
        {
            while (true)
            {
                if (await LeastAsync(project, end) is { } use)
                {
                    growth.Add(use);
                    setup.Tally.Say(string.Create(
                        CultureInfo.InvariantCulture, $"at least {use.Megabytes:0.0} MB, {use.Handles} handles, {use.Threads} threads"));
                }
            }
        });

    private static async Task<ProcessUse?> LeastAsync(ServedProject project, CancellationToken end)
    {
        ProcessUse? least = null;
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < SampleInterval;)
        {
            if (ProcessUse.Find(project.FindServer()!.Value) is { } use)
            {
                least = least?.Least(use) ?? use;
            }

            await Task.Delay(LookInterval, end);
        }

        return least;
    }

    private static async Task UntilEndAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }
}
