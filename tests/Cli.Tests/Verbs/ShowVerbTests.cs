using System.Text.Json;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class ShowVerbTests(StorageFixture storage)
{
    [Fact]
    public async Task Show_RunThatTrains_GivesTheStateAndTheTimeLeftOfEachModel()
    {
        var account = await storage.NewAccountAsync();
        await StoredRuns.AddAsync(account, "run", RunStatus.Running, 4, "model1");
        await new EpochMetrics(FashionStorage.Connect(account)).PutAsync(
            "run", new EpochMetric("model1", 1, new EpochRow(1, "training", .5, .6, .7, .8, .001, 20)),
            TestContext.Current.CancellationToken);

        var json = await FashionProgram.RunAsync(account, "show", "run", "--json");
        var text = await FashionProgram.RunAsync(account, "show", "run");

        var training = Assert.Single(JsonDocument.Parse(json.Output).RootElement.GetProperty("trainings").EnumerateArray());
        // Three epochs of 20 s are left.
        Assert.Equal(("training", 60), (training.GetProperty("state").GetString(), training.GetProperty("etaSeconds").GetDouble()));
        Assert.Single(training.GetProperty("epochs").EnumerateArray());
        Assert.Contains("run run: running, about 1:00 left", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_LastEpochIsNotTheBest_GivesTheFiguresOfTheBest()
    {
        var account = await storage.NewAccountAsync();
        await StoredRuns.AddAsync(account, "run", RunStatus.Running, 4, "model1");
        var metrics = new EpochMetrics(FashionStorage.Connect(account));
        EpochRow[] rows = [new(1, "all", .5, .6, .7, .8123, .001, 20), new(2, "all", .4, .7, .9, .7123, .001, 20)];
        foreach (var row in rows)
        {
            await metrics.PutAsync("run", new EpochMetric("model1", 1, row), TestContext.Current.CancellationToken);
        }

        var json = await FashionProgram.RunAsync(account, "show", "run", "--json");
        var text = await FashionProgram.RunAsync(account, "show", "run");

        var training = Assert.Single(JsonDocument.Parse(json.Output).RootElement.GetProperty("trainings").EnumerateArray());
        Assert.Equal(1, training.GetProperty("best").GetProperty("epoch").GetInt32());
        Assert.Contains("0.8123", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("0.7123", text.Output, StringComparison.Ordinal);
        Assert.Contains("another number of threads", text.Output, StringComparison.Ordinal);
    }
}
