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
}
