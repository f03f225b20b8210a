using System.IO.Compression;
using System.Net.Http;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Requests;

namespace ServerlessFashion.Client;

/// <summary>Reports at a server. They arrive as one ZIP.</summary>
public sealed class RemoteReports : IReportService
{
    private readonly ServerConnection _server;

    internal RemoteReports(ServerConnection server) => _server = server;

    /// <summary>Fetches the report of one run as the server stored it, or one report with all models of several runs.</summary>
    public async Task<IRunReports> ReadAsync(IReadOnlyList<string> runs, CancellationToken cancellation)
    {
        var path = $"reports?runs={string.Join(',', runs.Select(Uri.EscapeDataString))}";
        return new PackedReports(runs, _server, path, await FetchAsync(_server, path, cancellation));
    }

    private static Task<byte[]> FetchAsync(ServerConnection server, string path, CancellationToken cancellation) =>
        server.DownloadAsync(ServerRequest.Get(path), RemotePackage.MediaType, ReadAsync, cancellation);

    /// <exception cref="InvalidDataException">It is no ZIP.</exception>
    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var packed = await response.Content.ReadAsByteArrayAsync(cancellation);
        using var zip = new ZipArchive(new MemoryStream(packed), ZipArchiveMode.Read);
        return zip.Entries.Count > 0 ? packed : throw new InvalidDataException("The ZIP is empty.");
    }

    private static async Task<int> UnpackAsync(byte[] packed, ReportFolder files, CancellationToken cancellation)
    {
        using var zip = new ZipArchive(new MemoryStream(packed), ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            await files.WriteAsync(entry.FullName, async target =>
            {
                await using var content = await entry.OpenAsync(cancellation);
                await content.CopyToAsync(target, cancellation);
            });
        }

        await files.CompleteAsync();
        return zip.Entries.Count;
    }

    /// <param name="runs">The runs as they were named.</param>
    /// <param name="path">Where the report is, for another form of it.</param>
    private sealed class PackedReports(IReadOnlyList<string> runs, ServerConnection server, string path, byte[] packed) : IRunReports
    {
        public IReadOnlyList<string> RunIds => runs;

        public Task<int> WriteAsync(string folder, CancellationToken cancellation) =>
            UnpackAsync(packed, new ReportFolder(folder), cancellation);

        public async Task<int> WriteMlflowAsync(string store, CancellationToken cancellation)
        {
            var target = $"{path}&mlflow={Uri.EscapeDataString(Path.GetFullPath(store))}";
            var packedStore = await FetchAsync(server, target, cancellation);
            return await UnpackAsync(packedStore, ReportFolder.MlflowStoreIn(store), cancellation);
        }
    }
}
