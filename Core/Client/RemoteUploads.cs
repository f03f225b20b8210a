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

    public async Task<string> PutAsync(UploadName name, Func<Stream> open, CancellationToken cancellation)
    {
        var request = new ServerRequest(HttpMethod.Put, PathOf(name) + QueryOf(name))
        {
            IsRepeatable = true,
            AsksFirst = true,
            Limit = TransferLimit,
            Body = () => FileContent.Of(open()),
        };
        return (await server.SendAsync<UploadDocument>(request, cancellation)).Version;
    }

    public async Task<UploadOutcome> GetOutcomeAsync(UploadName name, string version, CancellationToken cancellation)
    {
        var query = QueryOf(name, ("version", version));
        var upload = await server.GetAsync<UploadDocument>(PathOf(name) + query, cancellation);
        return new UploadOutcome(upload.Status, upload.Summary, upload.Error);
    }

    public Task DownloadAsync(UploadName name, Stream target, CancellationToken cancellation) => server.DownloadAsync(
        // What a pipe has received cannot be taken back.
        ServerRequest.Get($"{PathOf(name)}/predictions{QueryOf(name)}") with { Limit = TransferLimit, IsRepeatable = target.CanSeek },
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

    private static string PathOf(UploadName name) => $"uploads/{Uri.EscapeDataString(name.File)}";

    private static string QueryOf(UploadName name, params IEnumerable<(string Name, string? Value)> fields)
    {
        var given = fields.Append((Name: "dataset", Value: name.Dataset)).Where(field => field.Value is not null)
            .Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}").ToList();
        return given.Count == 0 ? "" : $"?{string.Join('&', given)}";
    }
}
