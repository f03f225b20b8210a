using Azure;
using Azure.Core;
using ServerlessFashion.Tests;
using static ServerlessFashion.Storage.Tests.StoredCheckpoints;

namespace ServerlessFashion.Storage.Tests;

public class CheckpointStoreTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_NothingCommitted_IsNull() =>
        Assert.Null(await new CheckpointStore(await azurite.RunsAsync(), Folder).FindAsync(Cancellation));

    [Fact]
    public async Task Commit_ThreeEpochsOfWhichTheSecondIsBest_KeepsTheBestAndTheLatest()
    {
        var runs = await azurite.RunsAsync();
        var store = await TakeOverAsync(runs);
        await store.CommitAsync(1, true, Text("one"), Cancellation);
        await store.CommitAsync(2, true, Text("two"), Cancellation);
        await store.CommitAsync(3, false, Text("three"), Cancellation);

        var found = await new CheckpointStore(runs, Folder).FindAsync(Cancellation);

        Assert.Equal((3, 2), (found!.Epoch, found.BestEpoch));
        Assert.Equal("three", await ReadAsync(store, found.Latest));
        Assert.Equal("two", await ReadAsync(store, found.Best));
        Assert.Equal([found.Best, found.Latest], await CheckpointsAsync(runs));
    }

    [Fact]
    public async Task Commit_NewBestAfterALatestThatWasNot_KeepsOnlyTheStateBefore()
    {
        var runs = await azurite.RunsAsync();
        var store = await TakeOverAsync(runs);
        await store.CommitAsync(1, true, Text("one"), Cancellation);
        await store.CommitAsync(2, false, Text("two"), Cancellation);

        var third = await store.CommitAsync(3, true, Text("three"), Cancellation);
        Assert.Equal(3, (await CheckpointsAsync(runs)).Count);
        var fourth = await store.CommitAsync(4, true, Text("four"), Cancellation);

        Assert.Equal([third.Latest, fourth.Latest], await CheckpointsAsync(runs));
    }

    [Fact]
    public async Task Commit_WritingFails_LeavesTheCheckpointBeforeInForce()
    {
        var hook = new RequestHook { When = PutsSecondEpoch, Before = () => throw new IOException("disk") };
        var (hooked, runs) = await azurite.RunsAsync(hook);
        var store = await TakeOverAsync(hooked);
        await store.CommitAsync(1, true, Text("one"), Cancellation);

        await Assert.ThrowsAsync<IOException>(() => store.CommitAsync(2, true, Text("two"), Cancellation));

        var found = await new CheckpointStore(runs, Folder).FindAsync(Cancellation);
        Assert.Equal(1, found!.Epoch);
        Assert.Equal("one", await ReadAsync(store, found.Latest));
    }

    /// <summary>The client writes again and is refused by its own first write.</summary>
    [Fact]
    public async Task Commit_AnswerIsLost_IsCommitted()
    {
        var hook = new RequestHook { When = PutsPointer, After = () => throw new IOException("the answer is lost") };
        var (hooked, plain) = await azurite.RunsAsync(hook, HttpPipelinePosition.PerRetry);
        var store = await TakeOverAsync(hooked);

        await store.CommitAsync(1, true, Text("one"), Cancellation);
        await store.CommitAsync(2, true, Text("two"), Cancellation);

        var found = await new CheckpointStore(plain, Folder).FindAsync(Cancellation);
        Assert.Equal(2, found!.Epoch);
        Assert.Equal([found.Previous!.Latest, found.Latest], await CheckpointsAsync(plain));
    }

    [Fact]
    public async Task Commit_AnotherWriterWasFaster_IsRefused()
    {
        var runs = await azurite.RunsAsync();
        var slow = await TakeOverAsync(runs);
        await slow.CommitAsync(1, true, Text("one"), Cancellation);
        var fast = await TakeOverAsync(runs);
        await fast.CommitAsync(2, true, Text("fast"), Cancellation);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => slow.CommitAsync(2, true, Text("slow"), Cancellation));

        Assert.Equal(412, refused.Status);
        Assert.Equal("fast", await ReadAsync(fast, (await fast.FindAsync(Cancellation))!.Latest));
    }

    /// <summary>A process freezes after it put its pointer; another one commits two epochs before it goes on.</summary>
    [Fact]
    public async Task Commit_FrozenAfterItsPointerAndOvertaken_DeletesNothingOfItsSuccessor()
    {
        CheckpointStore? successor = null;
        var hook = new RequestHook
        {
            After = async () =>
            {
                await successor!.FindAsync(Cancellation);
                await successor.CommitAsync(3, true, Text("three"), Cancellation);
                await successor.CommitAsync(4, false, Text("four"), Cancellation);
            },
        };
        var (hooked, plain) = await azurite.RunsAsync(hook);
        successor = new CheckpointStore(plain, Folder);
        var frozen = await TakeOverAsync(hooked);
        await frozen.CommitAsync(1, true, Text("one"), Cancellation);
        hook.When = PutsPointer;

        await frozen.CommitAsync(2, true, Text("two"), Cancellation);

        var found = await successor.FindAsync(Cancellation);
        Assert.Equal((4, 3), (found!.Epoch, found.BestEpoch));
        Assert.Equal("four", await ReadAsync(successor, found.Latest));
        Assert.Equal("three", await ReadAsync(successor, found.Best));
        Assert.Equal([found.Best, found.Latest], await CheckpointsAsync(plain));
    }

    [Fact]
    public async Task Find_PointerThatCannotBeRead_SaysHowToGoOn()
    {
        var runs = await azurite.RunsAsync();
        await runs.UploadBlobAsync(Folder + "checkpoints/pointer.json", BinaryData.FromString("{\"epoch\": 1,"), Cancellation);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => new CheckpointStore(runs, Folder).FindAsync(Cancellation));

        Assert.Equal(
            $"checkpoint: runs/{Folder}checkpoints/pointer.json cannot be read; delete it and resume the run to train this model from "
            + "its first epoch.",
            refused.Message);
    }

    /// <summary>The remedy that the message names.</summary>
    [Fact]
    public async Task Commit_PointerDeletedByHand_BeginsAnew()
    {
        var runs = await azurite.RunsAsync();
        await (await TakeOverAsync(runs)).CommitAsync(5, true, Text("five"), Cancellation);
        await runs.DeleteBlobAsync(Folder + "checkpoints/pointer.json", cancellationToken: Cancellation);

        var store = await TakeOverAsync(runs);
        var pointer = await store.CommitAsync(1, true, Text("one"), Cancellation);
        await store.DeleteOrphansAsync(Cancellation);

        Assert.Equal([pointer.Latest], await CheckpointsAsync(runs));
    }

    /// <summary>Another attempt finds the successor's checkpoint, so this is no permanent failure.</summary>
    [Fact]
    public async Task Open_SupersededByAnotherWriter_CanBeTriedAgain()
    {
        var runs = await azurite.RunsAsync();
        var frozen = await TakeOverAsync(runs);
        var before = await frozen.CommitAsync(1, true, Text("one"), Cancellation);
        var successor = await TakeOverAsync(runs);
        await successor.CommitAsync(2, true, Text("two"), Cancellation);
        await successor.CommitAsync(3, true, Text("three"), Cancellation);

        await Assert.ThrowsAsync<IOException>(() => frozen.OpenAsync(before.Latest, Cancellation));

        Assert.Equal("three", await ReadAsync(frozen, (await frozen.FindAsync(Cancellation))!.Latest));
    }

    private static bool PutsSecondEpoch(Request request) =>
        request.Method == RequestMethod.Put && request.Uri.Path.Contains("/epoch-0002-", StringComparison.Ordinal);
}
