using Azure;
using Azure.Storage.Blobs;
using ServerlessFashion.Tests;
using static ServerlessFashion.Storage.Tests.StoredCheckpoints;

namespace ServerlessFashion.Storage.Tests;

/// <summary><see cref="CheckpointStore.DeleteOrphansAsync"/> beside other writers.</summary>
public class CheckpointOrphansTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeleteOrphans_CrashBetweenDataAndPointer_LeavesWhatThePointerNames()
    {
        var runs = await azurite.RunsAsync();
        var store = await TakeOverAsync(runs);
        await store.CommitAsync(1, true, Text("one"), Cancellation);
        await AddOrphanAsync(runs);
        var last = await store.CommitAsync(2, false, Text("two"), Cancellation);
        Assert.Equal(3, (await CheckpointsAsync(runs)).Count);

        await new CheckpointStore(runs, Folder).DeleteOrphansAsync(Cancellation);

        Assert.Equal([last.Best, last.Latest], await CheckpointsAsync(runs));
        Assert.Equal(last.WithoutPrevious(), await store.FindAsync(Cancellation));
    }

    /// <summary>What is there may be the first epoch of a writer that is about to commit it.</summary>
    [Fact]
    public async Task DeleteOrphans_NothingCommitted_DeletesNothing()
    {
        var runs = await azurite.RunsAsync();
        await AddOrphanAsync(runs);

        await new CheckpointStore(runs, Folder).DeleteOrphansAsync(Cancellation);

        Assert.Single(await CheckpointsAsync(runs));
    }

    /// <summary>A writer that lost its lock freezes between data and pointer while another process ends the training.</summary>
    [Fact]
    public async Task DeleteOrphans_WriterAboutToCommit_MakesItsCommitFail()
    {
        BlobContainerClient? other = null;
        var hook = new RequestHook { Before = () => new CheckpointStore(other!, Folder).DeleteOrphansAsync(Cancellation) };
        (var hooked, other) = await azurite.RunsAsync(hook);
        var frozen = await TakeOverAsync(hooked);
        await frozen.CommitAsync(1, true, Text("one"), Cancellation);
        hook.When = PutsPointer;

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => frozen.CommitAsync(2, true, Text("two"), Cancellation));

        Assert.Equal(412, refused.Status);
        var found = await frozen.FindAsync(Cancellation);
        Assert.Equal(1, found!.Epoch);
        Assert.Equal("one", await ReadAsync(frozen, found.Latest));
        Assert.Equal([found.Latest], await CheckpointsAsync(other));
    }

    [Fact]
    public async Task DeleteOrphans_AnotherCommitsAfterTheList_KeepsItsCheckpoints()
    {
        CheckpointStore? writer = null;
        var hook = new RequestHook { When = Lists, After = () => writer!.CommitAsync(2, false, Text("two"), Cancellation) };
        var (hooked, plain) = await azurite.RunsAsync(hook);
        writer = await TakeOverAsync(plain);
        await writer.CommitAsync(1, true, Text("one"), Cancellation);
        await AddOrphanAsync(plain);

        await new CheckpointStore(hooked, Folder).DeleteOrphansAsync(Cancellation);

        var found = await writer.FindAsync(Cancellation);
        Assert.Equal("one", await ReadAsync(writer, found!.Best));
        Assert.Equal("two", await ReadAsync(writer, found.Latest));
        Assert.Equal([found.Best, found.Latest], await CheckpointsAsync(plain));
    }

    [Fact]
    public async Task DeleteOrphans_AnotherCommitsAfterThePointerWasRead_DeletesNothing()
    {
        CheckpointStore? writer = null;
        var hook = new RequestHook { When = PutsPointer, Before = () => writer!.CommitAsync(2, false, Text("two"), Cancellation) };
        var (hooked, plain) = await azurite.RunsAsync(hook);
        writer = await TakeOverAsync(plain);
        await writer.CommitAsync(1, true, Text("one"), Cancellation);
        await AddOrphanAsync(plain);

        await new CheckpointStore(hooked, Folder).DeleteOrphansAsync(Cancellation);

        Assert.Equal(3, (await CheckpointsAsync(plain)).Count);
        Assert.Equal("two", await ReadAsync(writer, (await writer.FindAsync(Cancellation))!.Latest));
    }
}
