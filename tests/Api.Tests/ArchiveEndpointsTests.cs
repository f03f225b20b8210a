using System.Net;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

public sealed class ArchiveEndpointsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("reports", "runs: expected 1 to 50 ids separated by commas, found 0.")]
    [InlineData("reports?runs=,", "runs: expected 1 to 50 ids separated by commas, found 0.")]
    public async Task Get_NoRuns_IsRefused(string path, string expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        Assert.Equal(expected, await server.Http.GetAsync(path, Cancellation).ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Get_UnknownRun_IsNotFound()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.Http.GetAsync("reports?runs=none", Cancellation).ProblemAsync(HttpStatusCode.NotFound);

        Assert.Contains("'none'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_RunThatWasNotCompared_SaysSo()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running);

        var problem = await server.Http.GetAsync("reports?runs=run", Cancellation).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Contains("run", problem, StringComparison.Ordinal);
    }
}
