using System.Net.Http;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Documents;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Client;

/// <summary>Uploads to a server.</summary>
internal sealed class RemoteUploads(ServerConnection server) : IUploadService
{
    /// <summary>The time for a large file on a slow line.</summary>
    private static readonly TimeSpan TransferLimit = TimeSpan.FromHours(1);

    public async Task<string> PutAsync(string name, Func<Stream> open, CancellationToken cancellation)
    {
        var request = new ServerRequest(HttpMethod.Put, PathOf(name))
        {
            IsRepeatable = true,
            AsksFirst = true,
            Limit = TransferLimit,
            Body = () => FileContent.Of(open()),
        };
        return (await server.SendAsync<UploadDocument>(request, cancellation)).Version;
    }

    public async Task<UploadOutcome> GetOutcomeAsync(string name, string version, CancellationToken cancellation)
    {
        var upload = await server.GetAsync<UploadDocument>($"{PathOf(name)}?version={Uri.EscapeDataString(version)}", cancellation);
        return new UploadOutcome(upload.Status, upload.Summary, upload.Error);
    }

    public Task DownloadAsync(string name, Stream target, CancellationToken cancellation) => server.DownloadAsync(
        // What a pipe has received cannot be taken back.
        ServerRequest.Get($"{PathOf(name)}/predictions") with { Limit = TransferLimit, IsRepeatable = target.CanSeek },
        "text/csv",
        async (response, stop) =>
        {
            if (target.CanSeek)
            {
                target.SetLength(0);
            }

            await response.Content.CopyToAsync(target, stop);
            return true;
        },
        cancellation);

    private static string PathOf(string name) => $"uploads/{Uri.EscapeDataString(name)}";
}
