using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs.Models;

namespace ServerlessFashion.EndToEnd;

/// <summary>Resuming and deleting runs.</summary>
public sealed class ComparisonChangesTests(ServedSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resume_CancelledRun_GoesOnToItsEndWithoutRepeatingAnything()
    {
        system.Require();
        var id = await system.StartRunAsync("""{"preset": "smoke", "models": ["model1"], "epochs": {"model1": 25}}""");
        await system.WaitForRunAsync(id, run => Epoch(run) >= 2);
        await system.SendAsync(HttpMethod.Post, $"comparisons/{id}/cancel", null, HttpStatusCode.Accepted);
        await system.WaitForStatusAsync(id, "cancelled");
        var before = await system.EpochRowsAsync(id);

        await system.SendAsync(HttpMethod.Post, $"comparisons/{id}/resume", null, HttpStatusCode.Accepted);
        var completed = await system.WaitForStatusAsync(id, "completed");
        var after = await system.EpochRowsAsync(id);

        Assert.Equal("model1", completed.GetProperty("winner").GetString());
        Assert.Equal(25, after.Count);
        // Each row holds its epoch's wall time: an epoch that was trained again would differ.
        Assert.Equal(before, after.Take(before.Count));
        await system.SendAsync(HttpMethod.Post, $"comparisons/{id}/resume", null, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Delete_CancelledRun_LeavesNoneOfItsBlobs()
    {
        system.Require();
        var id = await system.StartRunAsync("""{"preset": "smoke", "models": ["model1"], "epochs": {"model1": 10000}}""");
        await system.WaitForRunAsync(id, run => Epoch(run) >= 1);
        await system.SendAsync(HttpMethod.Delete, $"comparisons/{id}", null, HttpStatusCode.Conflict);
        await system.SendAsync(HttpMethod.Post, $"comparisons/{id}/cancel", null, HttpStatusCode.Accepted);
        await system.WaitForStatusAsync(id, "cancelled");

        await DeleteOnceItHasEndedAsync(id);

        await system.GetAsync($"comparisons/{id}", HttpStatusCode.NotFound);
        Assert.Empty(system.Blobs.GetBlobContainerClient("runs").GetBlobs(new GetBlobsOptions { Prefix = id + "/" }, Cancellation));
    }

    /// <summary>The host lets a run go a moment after its status says that it has ended; until then a deletion is a conflict.</summary>
    private async Task DeleteOnceItHasEndedAsync(string id)
    {
        HttpStatusCode status;
        do
        {
            using var response = await system.Http.DeleteAsync($"comparisons/{id}", Cancellation);
            status = response.StatusCode;
        }
        while (status == HttpStatusCode.Conflict);

        Assert.Equal(HttpStatusCode.NoContent, status);
    }

    private static int Epoch(JsonElement run) => run.GetProperty("models")[0].GetProperty("epoch").GetInt32();
}
