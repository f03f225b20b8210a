using Azure.Storage.Blobs;
using ServerlessFashion.Tests;
using static ServerlessFashion.Storage.Tests.StoredCheckpoints;

namespace ServerlessFashion.Storage.Tests;

/// <summary><see cref="CheckpointStore.FindWholeAsync"/>: a damaged or missing blob leads back to the newest whole state.</summary>
public class DamagedCheckpointsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FindWhole_NothingDamaged_IsTheNewest()
    {
        var (runs, last) = await ThreeEpochsAsync();

        var (found, faults) = await FindAsync(runs);

        Assert.Equal(last, found);
        Assert.Empty(faults);
    }

    /// <summary>The hash is that of <c>printf three | sha256sum</c>.</summary>
    [Fact]
    public async Task Commit_Any_StoresTheHashOfTheBytes()
    {
        var (_, last) = await ThreeEpochsAsync();

        Assert.Equal("8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f", last.LatestSha256);
    }

    [Fact]
    public async Task FindWhole_OneBitOfTheLatestFlipped_IsTheStateBeforeAndKeepsTheDamagedBlob()
    {
        var (runs, last) = await ThreeEpochsAsync();
        await OverwriteAsync(runs, last.Latest, "thrde");

        var (found, faults) = await FindAsync(runs);

        Assert.Equal((2, 2), (found!.Epoch, found.BestEpoch));
        var copy = $"{Folder}checkpoints/damaged/{Path.GetFileName(last.Latest)}";
        Assert.Equal([$"checkpoint runs/{last.Latest} is damaged; it was set aside as runs/{copy}"], faults);
        Assert.Equal("thrde", await ReadAsync(new CheckpointStore(runs, Folder), copy));
    }

    [Fact]
    public async Task FindWhole_BestMissing_IsNothingBecauseBothStatesNeedIt()
    {
        var (runs, last) = await ThreeEpochsAsync();
        await runs.DeleteBlobAsync(last.Best, cancellationToken: Cancellation);

        var (found, faults) = await FindAsync(runs);

        Assert.Null(found);
        Assert.Equal([$"checkpoint runs/{last.Best} is missing"], faults);
    }

    [Fact]
    public async Task Commit_AfterTheStateBefore_ContinuesItAndDeletesTheDamaged()
    {
        var (runs, last) = await ThreeEpochsAsync();
        await OverwriteAsync(runs, last.Latest, "thrde");
        var store = new CheckpointStore(runs, Folder);
        var before = await store.FindWholeAsync(_ => { }, Cancellation);

        var again = await store.CommitAsync(3, false, Text("three"), Cancellation);

        Assert.Equal((3, 2, before!.Best), (again.Epoch, again.BestEpoch, again.Best));
        Assert.Equal("three", await ReadAsync(store, again.Latest));
        Assert.Equal([before.Latest, again.Latest], await CheckpointsAsync(runs));
    }

    [Fact]
    public async Task Commit_NothingWhole_StartsAtTheFirstEpoch()
    {
        var (runs, last) = await ThreeEpochsAsync();
        await OverwriteAsync(runs, last.Best, "");
        var store = new CheckpointStore(runs, Folder);
        await store.FindWholeAsync(_ => { }, Cancellation);

        var first = await store.CommitAsync(1, true, Text("one"), Cancellation);

        Assert.Equal(first, await new CheckpointStore(runs, Folder).FindWholeAsync(_ => { }, Cancellation));
        Assert.Equal([first.Latest], await CheckpointsAsync(runs));
    }

    /// <summary>Pointers of earlier versions have no hashes: only the existence of their blobs can be checked.</summary>
    [Fact]
    public async Task FindWhole_PointerWithoutHashes_IsWholeIfTheBlobsExist()
    {
        var runs = await azurite.RunsAsync();
        await runs.UploadBlobAsync("there", BinaryData.FromString("any"), Cancellation);
        await runs.UploadBlobAsync(
            Folder + "checkpoints/pointer.json",
            BinaryData.FromString("""{"epoch": 4, "bestEpoch": 4, "latest": "there", "best": "there"}"""), Cancellation);

        var (found, faults) = await FindAsync(runs);

        Assert.Equal(4, found!.Epoch);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task DeleteOrphans_AtTheEnd_DeletesTheStateBefore()
    {
        var runs = await azurite.RunsAsync();
        var store = await TakeOverAsync(runs);
        await store.CommitAsync(1, true, Text("one"), Cancellation);
        var last = await store.CommitAsync(2, true, Text("two"), Cancellation);

        await new CheckpointStore(runs, Folder).DeleteOrphansAsync(Cancellation);

        Assert.Equal([last.Latest], await CheckpointsAsync(runs));
        Assert.Equal(last with { Previous = null }, await store.FindAsync(Cancellation));
    }

    /// <summary>Three epochs, of which the second is the best.</summary>
    private async Task<(BlobContainerClient Runs, CheckpointPointer Last)> ThreeEpochsAsync()
    {
        var runs = await azurite.RunsAsync();
        var store = await TakeOverAsync(runs);
        await store.CommitAsync(1, true, Text("one"), Cancellation);
        await store.CommitAsync(2, true, Text("two"), Cancellation);
        return (runs, await store.CommitAsync(3, false, Text("three"), Cancellation));
    }

    private static async Task<(CheckpointPointer? Found, List<string> Faults)> FindAsync(BlobContainerClient runs)
    {
        var faults = new List<string>();
        return (await new CheckpointStore(runs, Folder).FindWholeAsync(faults.Add, Cancellation), faults);
    }

    private static async Task OverwriteAsync(BlobContainerClient runs, string blob, string text) =>
        await runs.GetBlobClient(blob).UploadAsync(BinaryData.FromString(text), overwrite: true, Cancellation);
}
