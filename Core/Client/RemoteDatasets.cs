using System.Globalization;
using System.IO.Compression;
using System.Net.Http;
using System.Text.RegularExpressions;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Data;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Client;

/// <summary>Data sets at a server. A folder is sent as a ZIP.</summary>
internal sealed partial class RemoteDatasets(ServerConnection server) : IDatasetService
{
    /// <summary>The time for a large file on a slow line, and for its import.</summary>
    private static readonly TimeSpan TransferLimit = TimeSpan.FromHours(1);

    public async Task<DatasetDescription> AddAsync(
        ImportRequest request, string path, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        request.Check();
        using var packed = Directory.Exists(path) ? await PackAsync(path, cancellation) : null;

        // Sent twice, it would find its own set.
        var message = new ServerRequest(HttpMethod.Post, $"datasets?{QueryOf(request)}")
        {
            AsksFirst = true,
            Limit = TransferLimit,
            Body = () => FileContent.Of(packed is null ? OpenFile(path) : packed.Open()),
        };
        try
        {
            return await server.SendAsync<DatasetDescription>(message, cancellation);
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException(BodyOfMessage().Replace(e.Message, _ => path), e);
        }
    }

    public async Task<IReadOnlyList<DatasetDescription>> ListAsync(CancellationToken cancellation) =>
        await server.ReadAllAsync<DatasetDescription>("datasets?top=100", cancellation);

    public Task<DatasetDescription> GetAsync(string name, CancellationToken cancellation) =>
        server.GetAsync<DatasetDescription>(PathOf(name), cancellation);

    public Task RemoveAsync(string name, bool force, CancellationToken cancellation)
    {
        DatasetDescription.RequireRemovable(name);
        var path = PathOf(name) + (force ? "?force=true" : "");
        return server.SendAsync(new ServerRequest(HttpMethod.Delete, path) { IsRepeatable = true }, cancellation);
    }

    private static string QueryOf(ImportRequest request)
    {
        var query = new Dictionary<string, string?>
        {
            ["name"] = request.Name,
            ["size"] = request.Size?.ToString(CultureInfo.InvariantCulture),
            ["colours"] = request.IsColour is { } isColour ? (isColour ? "colour" : "grey") : null,
            ["labels"] = request.Labels is { } labels ? string.Join('\n', labels) + "\n" : null,
            ["strict"] = request.IsStrict ? "true" : null,
            ["replace"] = request.Replaces ? "true" : null,
        };
        return string.Join('&', query.Where(entry => entry.Value is not null)
            .Select(entry => $"{entry.Key}={Uri.EscapeDataString(entry.Value!)}"));
    }

    private static async Task<PackedFolder> PackAsync(string folder, CancellationToken cancellation)
    {
        var packed = new PackedFolder();
        try
        {
            await ZipFile.CreateFromDirectoryAsync(
                folder, packed.Path, CompressionLevel.Fastest, includeBaseDirectory: false, cancellation);
            return packed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            packed.Dispose();
            throw new InvalidInputException($"{folder}: it cannot be packed ({FileFailure.Reason(e)}).", e);
        }
        catch
        {
            packed.Dispose();
            throw;
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{path}: it cannot be read ({FileFailure.Reason(e)}).", e);
        }
    }

    private static string PathOf(string name) => $"datasets/{Uri.EscapeDataString(name)}";

    /// <summary>The ZIP of a folder in the temporary folder, until it is disposed.</summary>
    private sealed class PackedFolder : IDisposable
    {
        public string Path { get; } = System.IO.Path.Combine(
            System.IO.Path.GetTempPath(), $"fashion-{System.IO.Path.GetRandomFileName()}.zip");

        public FileStream Open() => File.OpenRead(Path);

        public void Dispose() => File.Delete(Path);
    }

    /// <summary>The server knows the file as the body of the request: <c>body: ...</c> and <c>body line 5</c>.</summary>
    [GeneratedRegex("^body(?=:)|\\bbody(?= line [0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex BodyOfMessage();
}
