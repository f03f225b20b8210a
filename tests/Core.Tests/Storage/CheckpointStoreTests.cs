using System.Text;
using Azure;
using Azure.Storage.Blobs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Core.Tests.Storage;

public class CheckpointStoreTests(AzuriteFixture azurite)
{
    private const string Folder = "run/model1/seed-1/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<BlobContainerClient> RunsAsync() => (await azurite.NewStorageAsync()).Container(StorageNames.Runs);

    private static Action<Stream> Text(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ReadAsync(CheckpointStore store, string blob)
    {
        using var reader = new StreamReader(await store.OpenAsync(blob, Cancellation));
        return await reader.ReadToEndAsync(Cancellation);
    }

    [Fact]
    public async Task Find_NothingCommitted_IsNull() =>
        Assert.Null(await new CheckpointStore(await RunsAsync(), Folder).FindAsync(Cancellation));

    [Fact]
    public async Task Commit_ThreeEpochsOfWhichTheSecondIsBest_KeepsTheBestAndTheLatest()
    {
        var runs = await RunsAsync();
        var store = new CheckpointStore(runs, Folder);
        var pointer = await store.FindAsync(Cancellation);
        pointer = await store.CommitAsync(1, true, Text("one"), pointer, Cancellation);
        pointer = await store.CommitAsync(2, true, Text("two"), pointer, Cancellation);
        await store.CommitAsync(3, false, Text("three"), pointer, Cancellation);

        var found = await new CheckpointStore(runs, Folder).FindAsync(Cancellation);

        Assert.Equal((3, 2), (found!.Epoch, found.BestEpoch));
        Assert.Equal("three", await ReadAsync(store, found.Latest));
        Assert.Equal("two", await ReadAsync(store, found.Best));
        var blobs = new List<string>();
        await foreach (var blob in runs.GetBlobsAsync(new() { Prefix = Folder }, Cancellation))
        {
            blobs.Add(blob.Name);
        }

        Assert.Equal(3, blobs.Count);
    }

    [Fact]
    public async Task Commit_WritingFails_LeavesTheCheckpointBeforeInForce()
    {
        var runs = await RunsAsync();
        var store = new CheckpointStore(runs, Folder);
        var pointer = await store.CommitAsync(1, true, Text("one"), await store.FindAsync(Cancellation), Cancellation);

        await Assert.ThrowsAsync<IOException>(() => store.CommitAsync(2, true, _ => throw new IOException("disk"), pointer, Cancellation));

        var found = await new CheckpointStore(runs, Folder).FindAsync(Cancellation);
        Assert.Equal(1, found!.Epoch);
        Assert.Equal("one", await ReadAsync(store, found.Latest));
    }

    [Fact]
    public async Task Commit_AnotherWriterWasFaster_IsRefused()
    {
        var runs = await RunsAsync();
        var (slow, fast) = (new CheckpointStore(runs, Folder), new CheckpointStore(runs, Folder));
        var first = await slow.CommitAsync(1, true, Text("one"), await slow.FindAsync(Cancellation), Cancellation);
        await fast.CommitAsync(2, true, Text("fast"), await fast.FindAsync(Cancellation), Cancellation);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => slow.CommitAsync(2, true, Text("slow"), first, Cancellation));

        Assert.Equal(412, refused.Status);
        Assert.Equal("fast", await ReadAsync(fast, (await fast.FindAsync(Cancellation))!.Latest));
    }
}
