using System.Net;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>The list of runs and the status of one.</summary>
public sealed class ComparisonEndpointsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_ThreeRunsTwoAPage_GivesAllNewestFirst()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        foreach (var id in new[] { "one", "two", "three" })
        {
            server.Time.Advance(TimeSpan.FromMinutes(1));
            await server.AddRunAsync(id, RunStatus.Pending);
        }

        var first = await server.Http.GetAsync("comparisons?top=2", Cancellation).JsonAsync();
        var second = await server.Http.GetAsync($"comparisons?top=2&continuation={first.Text("continuation")}", Cancellation).JsonAsync();

        Assert.Equal(["three", "two"], first.Texts("items", "id"));
        Assert.Equal(["one"], second.Texts("items", "id"));
        Assert.Null(second.GetProperty("continuation").GetString());
    }

    [Theory]
    [InlineData("top=0", "top: expected a whole number from 1 to 100, found '0'.")]
    [InlineData("top=101", "top: expected a whole number from 1 to 100, found '101'.")]
    [InlineData("top=many", "top: expected a whole number from 1 to 100, found 'many'.")]
    [InlineData("top=1&top=2", "top: expected one value, found 2.")]
    [InlineData("top=+5", "top: expected a whole number from 1 to 100, found ' 5'.")]
    [InlineData("top=", "top: expected a whole number from 1 to 100, found ''.")]
    [InlineData("continuation=", "continuation: expected the value that the page before gave")]
    [InlineData("top=0&continuation=a&continuation=b", "100, found '0'. continuation: expected one value, found 2.")]
    [InlineData("continuation=!!!", "continuation: expected the value that the page before gave")]
    [InlineData("continuation=YWJj", "continuation: expected the value that the page before gave")]
    public async Task List_BadParameter_IsNamed(string query, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.Http.GetAsync($"comparisons?{query}", Cancellation).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Contains(detail, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("comparisons/none")]
    [InlineData("comparisons/none/metrics")]
    [InlineData("comparisons/none/report")]
    [InlineData("comparisons/..%2F..%2Fmodels")]
    public async Task Get_NoSuchRun_IsNotFound(string path)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        await server.Http.GetAsync(path, Cancellation).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_RunningRun_TellsEpochsLastMetricsAndTimeLeft()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running, "model1");
        await server.AddEpochsAsync("run", "model1", 2, seconds: 3);
        server.Time.Advance(TimeSpan.FromSeconds(10));

        var answer = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();

        var model = Assert.Single(answer.GetProperty("models").EnumerateArray());
        Assert.Equal(
            ("training", 2, 6),
            (model.Text("state"), model.GetProperty("epoch").GetInt32(), model.GetProperty("epochs").GetInt32()));
        Assert.Equal(2, model.GetProperty("last").GetProperty("epoch").GetInt32());
        // Both epochs have the same accuracy, and the earliest counts.
        Assert.Equal(1, model.GetProperty("best").GetProperty("epoch").GetInt32());
        // Four epochs of 3 s are left.
        Assert.Equal(12, model.GetProperty("etaSeconds").GetDouble(), 1e-9);
        Assert.Equal(12, answer.GetProperty("etaSeconds").GetDouble(), 1e-9);
        Assert.Equal("running", answer.Text("status"));
        Assert.Equal(657, answer.GetProperty("configuration").GetProperty("splitSeed").GetInt32());
    }

    /// <summary>Every epoch has the same accuracy: with a patience of 2 the third is the last of six.</summary>
    [Fact]
    public async Task Get_TrainingThatStoppedEarly_TellsItsEpochsAndThePlannedOnes()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        var definition = ApiServer.Define("model1", "model3");
        var models = definition.Configuration.Models.Select(model => model with { Phases = [model.Phases[0] with { Patience = 2 }] });
        await server.AddRunAsync(
            "run", RunStatus.Running, definition with { Configuration = definition.Configuration with { Models = [.. models] } });
        await server.AddEpochsAsync("run", "model1", 3, seconds: 3);
        await server.AddEpochsAsync("run", "model3", 2, seconds: 5);
        server.Time.Advance(TimeSpan.FromSeconds(19));

        var answer = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();

        Assert.Equal(
            [("evaluating", 3, 3, 6), ("training", 2, 6, 6)],
            answer.GetProperty("models").EnumerateArray().Select(model => (
                model.Text("state"), model.GetProperty("epoch").GetInt32(), model.GetProperty("epochs").GetInt32(),
                model.GetProperty("plannedEpochs").GetInt32())));
        // Four epochs of 5 s of the other one.
        Assert.Equal(20, answer.GetProperty("etaSeconds").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Get_TrainingThatHoldsItsLock_IsTraining()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running, "model1", "model3");
        await server.Storage.Container(StorageNames.Runs).GetBlobClient("run/model3/seed-1/lock")
            .UploadAsync(BinaryData.Empty, Cancellation);

        var answer = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();

        Assert.Equal(["waiting", "training"], answer.Texts("models", "state"));
        Assert.Null(answer.GetProperty("etaSeconds").GetString());
    }

    [Fact]
    public async Task Get_OneModelFailed_TellsTheFailureAndTheOthersResult()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Completed, "model1", "model3");
        await new RunFolder(server.Storage, "run").PutComparisonAsync(
            new ComparedModels("model1", [
                new TrainingOutcome("model1", 1, new EvaluatedModel("model1", 1, .75, .5), null, false),
                new TrainingOutcome("model3", 1, null, "out of memory", false)]),
            Cancellation);

        var answer = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();

        Assert.Equal(["completed", "failed"], answer.Texts("models", "state"));
        Assert.Equal(.75, answer.GetProperty("models")[0].GetProperty("validationAccuracy").GetDouble());
        Assert.Equal(["model3"], answer.Texts("failures", "name"));
        Assert.Equal(["out of memory"], answer.Texts("failures", "error"));
    }

    [Fact]
    public async Task Get_CancelledRun_ShowsItsTrainingsAsStopped()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Cancelled, "model1");
        await server.AddEpochsAsync("run", "model1", 1, seconds: 3);

        var answer = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();

        Assert.Equal(["stopped"], answer.Texts("models", "state"));
        Assert.Null(answer.GetProperty("models")[0].GetProperty("etaSeconds").GetString());
    }
}
