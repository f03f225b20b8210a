using System.Net;
using System.Text.Json;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Runs;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Client.Tests;

public sealed class RunWatchTests
{
    private const string Epoch =
        """{"epoch": EPOCH, "phase": "all", "trainLoss": 1, "trainAccuracy": 0.5, "validationLoss": 1, "validationAccuracy": 0.5, """
        + """ "learningRate": 0.001, "seconds": 2}""";

    private static readonly string Configuration = JsonSerializer.Serialize(
        Presets.Configure(new ComparisonOptions { Preset = "smoke", Models = ["model1"] }, _ => 1).Configuration, Json.Compact);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(60, 1)]
    [InlineData(300, 5)]
    [InlineData(100_000, 10)]
    public void PauseAfter_LongWatches_AsksLessOften(int watched, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), RunWatch.PauseAfter(TimeSpan.FromSeconds(watched)));

    [Fact]
    public async Task Watch_RunToItsEnd_GivesEveryEpochOnceAndAsksForNewOnesOnly()
    {
        using var server = new FakeServer()
            .AnswerJson(Run("running", epoch: 1))
            .AnswerJson(Run("running", epoch: 3))
            .AnswerJson($$"""{"items": [{{Row(2)}}, {{Row(3)}}], "continuation": null}""")
            .AnswerJson(Run("completed", epoch: 4));

        var states = await WatchAsync(server, _ => Assert.Fail("The server answered all the time."));

        Assert.Equal([1, 3, 4], states.Select(state => state.Trainings[0].Rows.Count));
        Assert.Equal([1, 2, 3, 4], states[^1].Trainings[0].Rows.Select(row => row.Epoch));
        Assert.Equal(RunStatus.Completed, states[^1].Run.Status);
        // The last epoch of a state comes with the state.
        Assert.Equal(
            [
                "GET /api/comparisons/run", "GET /api/comparisons/run",
                "GET /api/comparisons/run/metrics?model=model1&seed=1&after=1&top=1000", "GET /api/comparisons/run",
            ],
            server.Requests.Select(request => request.Line));
    }

    [Fact]
    public async Task Watch_ServerThatIsRestarted_TellsItOnceAndGoesOn()
    {
        using var server = new FakeServer().AnswerJson(Run("running", epoch: 1));
        foreach (var _ in Enumerable.Range(0, 20))
        {
            server.Fail(HttpRequestError.ConnectionError);
        }

        server.AnswerJson(Run("completed", epoch: 1));
        var interruptions = new List<string>();

        var states = await WatchAsync(server, interruptions.Add);

        Assert.Equal([RunStatus.Running, RunStatus.Completed], states.Select(state => state.Run.Status));
        Assert.StartsWith("server: nothing answers at fashion.test:443", Assert.Single(interruptions), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_ServerThatStaysAway_EndsAfterAQuarterOfAnHour()
    {
        using var server = new FakeServer().AnswerJson(Run("running", epoch: 1)).Fail(HttpRequestError.ConnectionError);

        await Assert.ThrowsAsync<ServerException>(() => WatchAsync(server, _ => { }));

        Assert.InRange(server.Time.Waits.Sum(wait => wait.TotalMinutes), 15, 17);
    }

    [Fact]
    public async Task Watch_RunThatWasDeleted_EndsAtOnce()
    {
        using var server = new FakeServer().AnswerProblem(HttpStatusCode.NotFound, "run: 'run' does not exist.");

        await Assert.ThrowsAsync<RefusedException>(() => WatchAsync(server, _ => { }));
    }

    private static async Task<List<ComparisonStatus>> WatchAsync(FakeServer server, Action<string> interrupted)
    {
        var states = new List<ComparisonStatus>();
        var watch = new RunWatch(new RemoteComparisons(server.Connect(), server.Time), server.Time);
        await foreach (var state in watch.WatchAsync("run", interrupted, Cancellation))
        {
            states.Add(state);
        }

        return states;
    }

    /// <summary>A run of one training as the API describes it.</summary>
    private static string Run(string status, int epoch) => $$"""
        {"id": "run", "status": "{{status}}", "createdAt": "2026-03-01T12:00:00Z", "startedAt": null, "finishedAt": null, "etaSeconds": 1,
         "winner": null, "error": null, "failures": [], "links": {}, "configuration": {{Configuration}},
         "models": [{"name": "model1", "seed": 1, "state": "training", "epoch": {{epoch}}, "epochs": 4, "plannedEpochs": 4,
                     "best": null, "last": {{Epoch.Replace("EPOCH", $"{epoch}", StringComparison.Ordinal)}}, "secondsPerEpoch": 2,
                     "etaSeconds": 1, "validationAccuracy": null, "testAccuracy": null, "error": null}]}
        """;

    private static string Row(int epoch) =>
        """{"name": "model1", "seed": 1, """ + Epoch.Replace("EPOCH", $"{epoch}", StringComparison.Ordinal)[1..];
}
