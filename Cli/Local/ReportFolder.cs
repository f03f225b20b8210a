using Azure.Storage.Blobs.Models;
using ServerlessFashion.Reporting;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Local;

/// <summary>Writes a report to a folder.</summary>
internal static class ReportFolder
{
    /// <summary>Downloads a run's report from storage.</summary>
    /// <returns>The number of files; 0 if the run has no report.</returns>
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

    /// <summary>Writes a rendered report.</summary>
    /// <returns>The number of files.</returns>
    public static async Task<int> WriteAsync(IEnumerable<ReportFile> files, string folder, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, file.Content, cancellation);
            count++;
        }

        return count;
    }
}
