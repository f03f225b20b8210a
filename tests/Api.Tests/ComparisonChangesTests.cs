using System.Net;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>Cancel, resume and delete over HTTP.</summary>
public sealed class ComparisonChangesTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_RunningRun_RaisesItsFlag()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running);
        server.Host.IsUnderWay = true;

        var before = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();
        var answer = await server.Http.PostAsync("comparisons/run/cancel", null, Cancellation).JsonAsync(HttpStatusCode.Accepted);
        var after = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();

        Assert.Equal("running", answer.Text("status"));
        Assert.Equal((false, true), (before.GetProperty("stopping").GetBoolean(), after.GetProperty("stopping").GetBoolean()));
        Assert.True(await server.Runs.IsCancelRequestedAsync("run", Cancellation));
    }

    [Fact]
    public async Task Cancel_PendingRun_EndsItAtOnce()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Pending);

        var answer = await server.Http.PostAsync("comparisons/run/cancel", null, Cancellation).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal("cancelled", answer.Text("status"));
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Cancelled)]
    public async Task Cancel_FinishedRun_IsAConflict(RunStatus status)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", status);

        await server.Http.PostAsync("comparisons/run/cancel", null, Cancellation).ProblemAsync(HttpStatusCode.Conflict);
        Assert.False(await server.Runs.IsCancelRequestedAsync("run", Cancellation));
    }

    [Fact]
    public async Task Resume_CancelledRun_IsAcceptedAndStarted()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Cancelled);

        using var response = await server.Http.PostAsync("comparisons/run/resume", null, Cancellation);
        var accepted = await Task.FromResult(response).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(("run", "pending"), (accepted.Text("id"), accepted.Text("status")));
        Assert.Equal("/api/comparisons/run", response.Headers.Location!.OriginalString);
        Assert.Equal("run", Assert.Single(server.Host.Started).Id);
    }

    [Fact]
    public async Task Resume_WholeRun_IsAConflict()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Completed, "model1");
        await new RunFolder(server.Storage, "run").PutComparisonAsync(
            new ComparedModels(null, [new TrainingOutcome("model1", 1, new EvaluatedModel("model1", 1, .75, .5), null, false)]),
            Cancellation);

        var problem = await server.Http.PostAsync("comparisons/run/resume", null, Cancellation).ProblemAsync(HttpStatusCode.Conflict);

        Assert.Equal("run run is completed and none of its models failed; there is nothing to resume.", problem);
    }

    [Fact]
    public async Task Delete_RunThatHasEnded_IsGone()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Failed);

        using var response = await server.Http.DeleteAsync("comparisons/run", Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        await server.Http.GetAsync("comparisons/run", Cancellation).ProblemAsync(HttpStatusCode.NotFound);
        Assert.Empty((await server.Http.GetAsync("comparisons", Cancellation).JsonAsync()).Texts("items", "id"));
    }

    [Fact]
    public async Task Delete_RunningRun_IsAConflict()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running);

        var problem = await server.Http.DeleteAsync("comparisons/run", Cancellation).ProblemAsync(HttpStatusCode.Conflict);

        Assert.Contains("cancel it", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "comparisons/none/resume")]
    [InlineData("POST", "comparisons/none/cancel")]
    [InlineData("DELETE", "comparisons/none")]
    [InlineData("GET", "comparisons/none/metrics")]
    [InlineData("GET", "comparisons/none/report")]
    public async Task Request_NoSuchRun_IsNotFound(string method, string path)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var problem = await server.Http.SendAsync(request, Cancellation).ProblemAsync(HttpStatusCode.NotFound);

        Assert.Contains("'none' does not exist", problem, StringComparison.Ordinal);
    }
}
