using Azure.Storage.Blobs.Models;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Local;

/// <summary>Brings a run's report from storage to a folder.</summary>
internal static class ReportFolder
{
    /// <returns>The number of files; 0 when the run has no report.</returns>
    public static async Task<int> DownloadAsync(FashionStorage storage, string runId, string folder, CancellationToken cancellation)
    {
        var prefix = StorageNames.ReportFolder(runId);
        var runs = storage.Container(StorageNames.Runs);
        var count = 0;
        await foreach (var blob in runs.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation))
        {
            var path = Path.Combine(folder, blob.Name[prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await runs.GetBlobClient(blob.Name).DownloadToAsync(path, cancellation);
            count++;
        }

        return count;
    }
}
