using System.Text.Json;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class RunsVerbTests(StorageFixture storage)
{
    /// <summary>The document is a contract: it has had the configuration of each run from the beginning.</summary>
    [Fact]
    public async Task Runs_Json_HasTheConfigurationOfEachRun()
    {
        var account = await storage.NewAccountAsync();
        await StoredRuns.AddAsync(account, "run", RunStatus.Running, 4, "model1");

        var json = await FashionProgram.RunAsync(account, "runs", "--json");

        var run = Assert.Single(JsonDocument.Parse(json.Output).RootElement.EnumerateArray());
        Assert.Equal(("run", "running"), (run.GetProperty("id").GetString(), run.GetProperty("status").GetString()));
        var model = Assert.Single(run.GetProperty("configuration").GetProperty("models").EnumerateArray());
        Assert.Equal("model1", model.GetProperty("name").GetString());
    }
}
