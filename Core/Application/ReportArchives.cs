using System.IO.Compression;

namespace ServerlessFashion.Application;

/// <summary>Packs reports for a client that has no access to the storage account.</summary>
public sealed class ReportArchives(ReportQueries reports)
{
    /// <summary>
    /// Packs the stored report of one run, or one report with all models of several runs, as a ZIP with the files of the report folder.
    /// </summary>
    /// <returns>The ZIP, at its beginning. It takes disk space until it is disposed.</returns>
    /// <exception cref="InvalidInputException">There is no such run, or it was not compared yet.</exception>
    public Task<Stream> PackAsync(IReadOnlyList<string> runIds, CancellationToken cancellation) => PackAsync(
        async folder =>
        {
            var found = await reports.ReadAsync(runIds, cancellation);
            if (runIds is not [var only] || await reports.DownloadAsync(only, folder, cancellation) == 0)
            {
                await found.WriteAsync(folder, cancellation);
            }
        },
        cancellation);

    /// <summary>Packs the runs with their reports and models as runs of MLflow.</summary>
    /// <param name="store">The folder of the client in which MLflow will find the runs. Their files contain its path.</param>
    /// <inheritdoc cref="PackAsync(IReadOnlyList{string}, CancellationToken)"/>
    public Task<Stream> PackMlflowAsync(IReadOnlyList<string> runIds, string store, CancellationToken cancellation) => PackAsync(
        async folder => await (await reports.ReadRunsAsync(runIds, cancellation)).WriteMlflowAsync(store, folder, cancellation),
        cancellation);

    private static async Task<Stream> PackAsync(Func<string, Task> write, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("fashion-report-");
        try
        {
            await write(folder.FullName);
            // The client lists for itself what it writes.
            File.Delete(Path.Combine(folder.FullName, WrittenFiles.Name));
            var packed = TemporaryFile.Create();
            await ZipFile.CreateFromDirectoryAsync(
                folder.FullName, packed, CompressionLevel.Fastest, includeBaseDirectory: false, cancellation);
            packed.Position = 0;
            return packed;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
