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
    public async Task<RunReports> ReadAsync(IReadOnlyList<string> runIds, CancellationToken cancellation)
    {
        var path = $"reports?runs={string.Join(',', runIds.Select(Uri.EscapeDataString))}";
        var packed = await _server.SendAsync(ServerRequest.Get(path), ReadAsync, cancellation);
        return new RunReports((folder, stop) => UnpackAsync(packed, folder, stop));
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        await response.Content.ReadAsByteArrayAsync(cancellation);

    private static async Task<int> UnpackAsync(byte[] packed, string folder, CancellationToken cancellation)
    {
        using var zip = new ZipArchive(new MemoryStream(packed), ZipArchiveMode.Read);
        var files = new ReportFolder(folder);
        foreach (var entry in zip.Entries)
        {
            await files.WriteAsync(entry.FullName, async target =>
            {
                await using var content = await entry.OpenAsync(cancellation);
                await content.CopyToAsync(target, cancellation);
            });
        }

        return zip.Entries.Count;
    }
}
