using System.Net;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>Epochs over HTTP.</summary>
public sealed class MetricsQueryTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetMetrics_ModelAndAfter_GivesThoseEpochsOnly()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running, "model1", "model3");
        await server.AddEpochsAsync("run", "model1", 2, seconds: 1);
        await server.AddEpochsAsync("run", "model3", 3, seconds: 1);

        var answer = await server.Http.GetAsync("comparisons/run/metrics?model=model3&after=1", Cancellation).JsonAsync();

        Assert.Equal([("model3", 2), ("model3", 3)], Epochs(answer));
    }

    [Fact]
    public async Task GetMetrics_UseOfTheMachine_IsGivenWhereItWasRecorded()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running, "model1");
        await server.AddEpochsAsync("run", "model1", 1, seconds: 1);
        var row = new EpochRow(2, "training", .5, .6, .5, .8, .001, 1)
        {
            Use = new ResourceUse(1.5, 2_000_000_000, new GpuUse(.75, 9_000_000_000)),
        };
        await new EpochMetrics(server.Storage).PutAsync("run", new EpochMetric("model1", 1, row), Cancellation);

        var items = (await server.Http.GetAsync("comparisons/run/metrics", Cancellation).JsonAsync()).GetProperty("items");

        Assert.Equal(System.Text.Json.JsonValueKind.Null, items[0].GetProperty("cpuSeconds").ValueKind);
        Assert.Equal(1.5, items[1].GetProperty("cpuSeconds").GetDouble());
        Assert.Equal(2_000_000_000, items[1].GetProperty("memoryBytes").GetInt64());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, items[0].GetProperty("gpuBusyShare").ValueKind);
        Assert.Equal(.75, items[1].GetProperty("gpuBusyShare").GetDouble());
        Assert.Equal(9_000_000_000, items[1].GetProperty("gpuMemoryBytes").GetInt64());
    }

    [Fact]
    public async Task GetMetrics_InPages_GivesEveryEpochOnce()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running, "model1", "model3");
        await server.AddEpochsAsync("run", "model1", 3, seconds: 1);
        await server.AddEpochsAsync("run", "model3", 1, seconds: 1);
        var epochs = new List<(string, int)>();
        var query = "comparisons/run/metrics?top=2";

        for (var pages = 0; pages < 5; pages++)
        {
            var answer = await server.Http.GetAsync(query, Cancellation).JsonAsync();
            epochs.AddRange(Epochs(answer));
            if (answer.GetProperty("continuation").GetString() is not { } next)
            {
                break;
            }

            query = $"comparisons/run/metrics?top=2&continuation={next}";
        }

        Assert.Equal([("model1", 1), ("model1", 2), ("model1", 3), ("model3", 1)], epochs);
    }

    [Theory]
    [InlineData("model=model4", "model: run run has no model 'model4'; its models are model1, model3.")]
    [InlineData("after=-1", "after: expected a whole number from 0 to 10000, found '-1'.")]
    [InlineData("seed=zero", "seed: expected a whole number")]
    [InlineData("continuation=OSA5", "continuation: expected")]
    public async Task GetMetrics_BadParameter_IsNamed(string query, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running);

        var problem = await server.Http.GetAsync($"comparisons/run/metrics?{query}", Cancellation).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Contains(detail, problem, StringComparison.Ordinal);
    }

    private static IEnumerable<(string, int)> Epochs(System.Text.Json.JsonElement answer) =>
        answer.GetProperty("items").EnumerateArray().Select(item => (item.Text("name"), item.GetProperty("epoch").GetInt32()));
}
