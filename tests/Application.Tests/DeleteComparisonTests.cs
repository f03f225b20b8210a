using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Application.Tests;

public sealed class DeleteComparisonTests(AzuriteFixture azurite)
{
    private const string EarlierChampion =
        "run: run holds the earlier champion run/tiny/seed-1, to which a rollback can return; it cannot be deleted.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delete_RunThatHasEnded_LeavesNothingOfItAndAllOfTheOthers()
    {
        var test = await TestApplication.CreateAsync(azurite);
        // An id that the other one begins with.
        await AddEverythingAsync(test, "run");
        await AddEverythingAsync(test, "run-2");
        var ofTheOther = (await TracesAsync(test)).Where(trace => trace.Contains("run-2", StringComparison.Ordinal)).ToList();

        await test.Application.Delete.DeleteAsync("run", Cancellation);

        Assert.Equal(ofTheOther, await TracesAsync(test));
        Assert.Equal(["run-2"], (await test.Application.Comparisons.ListAsync(10, null, Cancellation)).Items.Select(run => run.Id));
    }

    [Fact]
    public async Task Delete_Twice_IsNotFoundTheSecondTime()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await AddEverythingAsync(test, "run");
        await test.Application.Delete.DeleteAsync("run", Cancellation);

        Assert.Equal(Refusal.NotFound, (await RefusedAsync(test)).Reason);
    }

    [Theory]
    [InlineData(RunStatus.Pending, "run: run is pending; cancel it, then delete it once it is cancelled.")]
    [InlineData(RunStatus.Running, "run: run is running; cancel it, then delete it once it is cancelled.")]
    public async Task Delete_RunThatHasNotEnded_IsRefused(RunStatus status, string message)
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", status);

        var refused = await RefusedAsync(test);

        Assert.Equal((Refusal.Conflict, message), (refused.Reason, refused.Message));
    }

    [Fact]
    public async Task Delete_RunThatIsStillUnderWay_IsRefused()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Cancelled);
        test.Host.IsUnderWay = true;

        Assert.Equal(Refusal.Conflict, (await RefusedAsync(test)).Reason);
        Assert.NotNull(await test.Runs.FindAsync("run", Cancellation));
    }

    [Theory]
    [InlineData("run,other", EarlierChampion)]
    [InlineData("run,other,third", EarlierChampion)]
    [InlineData("run", "run: run holds the only champion run/tiny/seed-1, with which predictions are made; it cannot be deleted.")]
    [InlineData("other,run", "run: run holds the champion run/tiny/seed-1, with which predictions are made; roll back first.")]
    public async Task Delete_RunOfAChampionInReach_IsRefused(string promoted, string message)
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Completed);
        await PromoteAsync(test, promoted.Split(','));

        Assert.Equal(message, (await RefusedAsync(test)).Message);
        Assert.NotNull(await test.Runs.FindAsync("run", Cancellation));
    }

    [Fact]
    public async Task Delete_RunOfAChampionThatWasRolledBack_DeletesIt()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Completed);
        await PromoteAsync(test, "other", "run");
        await test.Application.RollBack.RollBackAsync(dataset: null, Cancellation);

        await test.Application.Delete.DeleteAsync("run", Cancellation);

        Assert.Equal(["other"], (await test.Registry.ListAsync(10, null, Cancellation)).Items.Select(version => version.RunId));
    }

    [Fact]
    public async Task Delete_ModelBecomesTheChampionMeanwhile_IsRefusedAndTheRunStays()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Completed);
        test.Host.Meanwhile = () => PromoteAsync(test, "run");

        Assert.Equal(Refusal.Conflict, (await RefusedAsync(test)).Reason);
        Assert.NotNull(await test.Runs.FindAsync("run", Cancellation));
    }

    [Fact]
    public async Task Delete_RunIsResumedMeanwhile_IsRefusedAndTheRunStays()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await test.AddRunAsync("run", RunStatus.Cancelled);
        test.Host.Meanwhile = () => test.Application.Resume.ResumeAsync("run", Cancellation);

        Assert.Equal("run: run was resumed; cancel it before you delete it.", (await RefusedAsync(test)).Message);
        Assert.Equal(RunStatus.Pending, (await test.Runs.GetAsync("run", Cancellation)).Status);
    }

    /// <summary>As a crash in the middle: some blobs are gone, others are not.</summary>
    [Fact]
    public async Task Delete_CutOffWhileItDeletesBlobs_HidesTheRunAndCanBeRepeated()
    {
        var hook = new RequestHook { Before = () => throw new IOException("cut off") };
        var options = new BlobClientOptions();
        options.AddPolicy(hook, HttpPipelinePosition.PerCall);
        var test = await TestApplication.CreateAsync(azurite, options);
        await AddEverythingAsync(test, "run");
        hook.When = request =>
            request.Method == RequestMethod.Delete && request.Uri.Path.EndsWith("comparison.json", StringComparison.Ordinal);

        await Assert.ThrowsAsync<IOException>(() => test.Application.Delete.DeleteAsync("run", Cancellation));

        Assert.Null(await test.Runs.FindAsync("run", Cancellation));
        Assert.Empty((await test.Application.Comparisons.ListAsync(10, null, Cancellation)).Items);
        Assert.Empty((await test.Registry.ListAsync(10, null, Cancellation)).Items);
        await test.Application.Delete.DeleteAsync("run", Cancellation);
        Assert.Empty(await TracesAsync(test));
    }

    /// <summary>As a crash before anything was deleted, and one just before the last row.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delete_CutOffAtItsBeginningOrItsEnd_CanBeRepeated(bool atItsEnd)
    {
        var test = await TestApplication.CreateAsync(azurite);
        await AddEverythingAsync(test, "run");
        await test.Runs.HideAsync("run", Cancellation);
        if (atItsEnd)
        {
            await KeepOnlyTheRowAsync(test);
        }

        await test.Application.Delete.DeleteAsync("run", Cancellation);

        Assert.Empty(await TracesAsync(test));
    }

    /// <summary>The child of a killed process may train on to the end of its batch.</summary>
    [Fact]
    public async Task Delete_TrainingHoldsItsLock_IsRefusedAndCanBeRepeated()
    {
        var test = await TestApplication.CreateAsync(azurite);
        await AddEverythingAsync(test, "run");
        var lease = test.Storage.Container(StorageNames.Runs).GetBlobClient("run/model1/seed-1/lock").GetBlobLeaseClient();
        await lease.AcquireAsync(TimeSpan.FromSeconds(60), cancellationToken: Cancellation);

        Assert.Equal(Refusal.Conflict, (await RefusedAsync(test)).Reason);

        await lease.ReleaseAsync(cancellationToken: Cancellation);
        await test.Application.Delete.DeleteAsync("run", Cancellation);
        Assert.Empty(await TracesAsync(test));
    }

    private static Task<RefusedException> RefusedAsync(TestApplication test) =>
        Assert.ThrowsAsync<RefusedException>(() => test.Application.Delete.DeleteAsync("run", Cancellation));

    private static async Task PromoteAsync(TestApplication test, params string[] runs)
    {
        foreach (var run in runs)
        {
            await test.AddModelAsync(run, "tiny");
            await test.Application.Promote.PromoteAsync(run, "tiny", "test", Cancellation);
        }
    }

    /// <summary>All kinds of things that a run stores.</summary>
    private static async Task AddEverythingAsync(TestApplication test, string id)
    {
        await test.AddRunAsync(id, RunStatus.Completed, winner: "model1");
        await test.AddComparisonAsync(id, winner: "model1");
        await test.AddModelAsync(id, "model1");
        await test.AddModelAsync(id, "model3");
        await test.Runs.RequestCancelAsync(id, Cancellation);
        var metrics = new EpochMetrics(test.Storage);
        foreach (var (model, epochs) in new[] { ("model1", 101), ("model3", 2) })
        {
            for (var epoch = 1; epoch <= epochs; epoch++)
            {
                var row = new EpochRow(epoch, "training", .5, .6, .5, .8, .001, 1);
                await metrics.PutAsync(id, new EpochMetric(model, 1, row), Cancellation);
            }
        }

        var lockBlob = test.Storage.Container(StorageNames.Runs).GetBlobClient($"{id}/model1/seed-1/lock");
        await lockBlob.UploadAsync(BinaryData.Empty, Cancellation);
    }

    private static async Task KeepOnlyTheRowAsync(TestApplication test)
    {
        var table = test.Storage.Table(StorageNames.RunsTable);
        await foreach (var row in table.QueryAsync<TableEntity>(row => row.PartitionKey == "newest-first", cancellationToken: Cancellation))
        {
            await table.DeleteEntityAsync(row, cancellationToken: Cancellation);
        }

        await new EpochMetrics(test.Storage).DeleteAsync("run", Cancellation);
        await test.Registry.RemoveRunAsync("run", Cancellation);
        Assert.True(await new RunBlobs(test.Storage).TryDeleteAsync("run", Cancellation));
    }

    /// <summary>Every blob and row of the account.</summary>
    private static async Task<List<string>> TracesAsync(TestApplication test)
    {
        var traces = new List<string>();
        await foreach (var blob in test.Storage.Container(StorageNames.Runs).GetBlobsAsync(new GetBlobsOptions(), Cancellation))
        {
            traces.Add($"blob {blob.Name}");
        }

        foreach (var table in StorageNames.Tables)
        {
            await foreach (var row in test.Storage.Table(table).QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                traces.Add($"{table} {row.PartitionKey} {row.RowKey}");
            }
        }

        return traces;
    }
}
