using System.Text;
using Azure.Core;
using Azure.Storage.Blobs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests;

/// <summary>The checkpoints of one training as tests write and look at them.</summary>
internal static class StoredCheckpoints
{
    public const string Folder = "run/model1/seed-1/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<BlobContainerClient> RunsAsync(this AzuriteFixture azurite) => (await azurite.NewStorageAsync()).Container(
        StorageNames.Runs);

    /// <summary>The same container, by a client whose requests meet <paramref name="hook"/>, and by one whose requests do not.</summary>
    /// <param name="position">
    /// Before the client's retries, so that the hook meets a call once, or behind them, so that it meets each attempt.
    /// </param>
    public static async Task<(BlobContainerClient Hooked, BlobContainerClient Plain)> RunsAsync(
        this AzuriteFixture azurite, RequestHook hook, HttpPipelinePosition position = HttpPipelinePosition.PerCall)
    {
        var account = await azurite.NewAccountAsync();
        var options = new BlobClientOptions();
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.AddPolicy(hook, position);
        return (
            FashionStorage.Connect(account, options).Container(StorageNames.Runs),
            FashionStorage.Connect(account).Container(StorageNames.Runs));
    }

    public static bool PutsPointer(Request request) =>
        request.Method == RequestMethod.Put && request.Uri.Path.EndsWith("/pointer.json", StringComparison.Ordinal);

    public static bool Lists(Request request) => request.Uri.Query.Contains("comp=list", StringComparison.Ordinal);

    public static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(text);

    public static async Task<string> ReadAsync(CheckpointStore store, string blob)
    {
        using var reader = new StreamReader(await store.OpenAsync(blob, Cancellation));
        return await reader.ReadToEndAsync(Cancellation);
    }

    /// <summary>A store that goes on from what is committed, as a process does that has just taken the lock.</summary>
    public static async Task<CheckpointStore> TakeOverAsync(BlobContainerClient runs)
    {
        var store = new CheckpointStore(runs, Folder);
        await store.FindAsync(Cancellation);
        return store;
    }

    public static async Task<List<string>> CheckpointsAsync(BlobContainerClient runs)
    {
        var blobs = new List<string>();
        await foreach (var blob in runs.GetBlobsAsync(new() { Prefix = Folder + "checkpoints/epoch-" }, Cancellation))
        {
            blobs.Add(blob.Name);
        }

        return blobs;
    }

    /// <summary>Leaves the blob of an epoch that no pointer names, as a crash between data and pointer does.</summary>
    public static async Task AddOrphanAsync(BlobContainerClient runs) =>
        await runs.UploadBlobAsync(
            Folder + "checkpoints/epoch-0002-0123456789abcdef.safetensors", BinaryData.FromString("orphan"), Cancellation);
}
