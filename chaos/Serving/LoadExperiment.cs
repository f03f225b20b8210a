using System.Globalization;

namespace ServerlessFashion.Chaos.Serving;

/// <summary>Many clients beside a training, and many large predictions at once.</summary>
internal sealed class LoadExperiment : IExperiment
{
    private const string Training = "training";
    private const string Large = "large";

    private const int Windows = 4;
    private const double MostSlowdown = .1;

    private const int LargeRequests = 40;
    private const int Images = 1000;
    private const int Rounds = 3;

    /// <summary>Most resident memory of the server during large requests, and most of it half a minute after them.</summary>
    private const double MostMegabytes = 600;
    private const double MostMegabytesAfter = 350;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => "load";

    /// <inheritdoc/>
    public string Description =>
        $"200 clients beside a training, and {LargeRequests} large predictions at once (parts: {Training}, {Large}).";

    /// <inheritdoc/>
    public async Task RunAsync(ExperimentSetup setup, CancellationToken cancellation)
    {
        await using var project = await ServedProject.StartAsync(cancellation);
        var champion = await project.Client.StartAsync("champion", ServedRun.All[0].Options, cancellation);
        await project.Client.WaitAsync(champion, cancellation);
        if (setup.Wants(Large))
        {
            await PredictLargeAsync(project, setup, cancellation);
        }

        if (setup.Wants(Training))
        {
            await TrainAsync(project.Client, setup, cancellation);
        }
    }

    /// <summary>The epochs of one training take turns with and without clients.</summary>
    private static async Task TrainAsync(FashionClient client, ExperimentSetup setup, CancellationToken cancellation)
    {
        var options = new ServedRun(10_000, "five").Options;
        var pace = new TrainingPace(client, await client.StartAsync("training", options, cancellation));
        var load = new ClientLoad(client, pace.Run, setup.Tally);
        var (quiet, loaded) = (new ProcessorShares(), new ProcessorShares());
        for (var window = 0; window < (setup.Count ?? Windows); window++)
        {
            await pace.MeasureAsync(() => quiet.MeasureAsync(() => Task.Delay(Window, cancellation)), pace.Quiet, cancellation);
            await pace.MeasureAsync(() => loaded.MeasureAsync(() => load.RunAsync(Window, cancellation)), pace.Loaded, cancellation);
        }

        await client.CancelAsync(pace.Run, cancellation);
        await client.WaitAsync(pace.Run, cancellation);
        load.Print();
        setup.Tally.Say($"processors kept busy without clients: {quiet}");
        setup.Tally.Say($"processors kept busy beside clients: {loaded}");
        setup.Tally.Count("epochs without clients", pace.Quiet.Count);
        setup.Tally.Count("epochs beside clients", pace.Loaded.Count);
        setup.Tally.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"median epoch: {Median(pace.Quiet):0.000} s without clients, {Median(pace.Loaded):0.000} s beside them"));
        var slowdown = (Median(pace.Loaded) / Median(pace.Quiet)) - 1;
        setup.Tally.Say(string.Create(CultureInfo.InvariantCulture, $"slowdown of the training: {slowdown:P1}"));
        if (slowdown > MostSlowdown)
        {
            setup.Tally.Lose(string.Create(CultureInfo.InvariantCulture, $"the clients slow the training down by {slowdown:P1}"));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task PredictLargeAsync(ServedProject project, ExperimentSetup setup, CancellationToken cancellation)
    {
        var bodies = Enumerable.Range(0, LargeRequests).Select(number => (number % 3) switch
        {
            0 => PredictionBody.Csv(Images, new Random(number)),
            1 => PredictionBody.Json(Images, new Random(number)),
            _ => PredictionBody.Json(Images, new Random(number), isSpacious: true),
        }).ToList();
        await using var memory = MemoryWatch.Start(project.FindServer);
        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Task.WhenAll(bodies.Select(
                body => project.Client.PredictAsync(body, () => setup.Tally.Count("large requests told to come again"), cancellation)));
            setup.Tally.Count("large requests answered", answers.Length);
            setup.Tally.Say(string.Create(CultureInfo.InvariantCulture, $"large requests: {memory.PeakMegabytes:0} MB at most so far"));
            if (answers.Any(answer => answer["predictions"]!.AsArray().Count != Images))
            {
                setup.Tally.Lose("a large request lacks predictions");
            }
        }

        await Task.Delay(Rest, cancellation);
        var after = ProcessUse.Find(project.FindServer()!.Value)!.Megabytes;
        setup.Tally.Say(string.Create(CultureInfo.InvariantCulture, $"{after:0} MB half a minute later"));
        if (memory.PeakMegabytes > MostMegabytes || after > MostMegabytesAfter)
        {
            setup.Tally.Lose(string.Create(
                CultureInfo.InvariantCulture, $"the server took {memory.PeakMegabytes:0} MB, and {after:0} MB half a minute later"));
        }
    }
}
