using System.Net;
using System.Text;
using System.Xml.Linq;

namespace ServerlessFashion.Tests;

/// <summary>The blobs of a <see cref="MemoryStorage"/>.</summary>
internal sealed class MemoryBlobs
{
    private readonly SortedDictionary<string, Entry> _blobs = new(StringComparer.Ordinal);
    private long _writes;

    /// <param name="path">Container and name.</param>
    public HttpResponseMessage Answer(HttpRequestMessage request, string path, byte[] content)
    {
        var found = _blobs.GetValueOrDefault(path);
        var query = request.RequestUri!.Query;
        return request.Method.Method switch
        {
            "GET" when query.Contains("comp=list", StringComparison.Ordinal) => List(path, Prefix(query)),
            "PUT" when query.Contains("comp=lease", StringComparison.Ordinal) => Lease(request, path, found),
            "PUT" when query is "" => Put(request, path, found, content),
            "GET" or "HEAD" or "DELETE" when found is null => MemoryStorage.Failure(HttpStatusCode.NotFound, "BlobNotFound"),
            "GET" => MemoryStorage.Answer(HttpStatusCode.OK, found!.Version, found.Content, found.Type),
            "HEAD" => MemoryStorage.Answer(HttpStatusCode.OK, found!.Version, type: found.Type),
            "DELETE" => Delete(path),
            _ => throw MemoryStorage.Unknown(request),
        };
    }

    private HttpResponseMessage Put(HttpRequestMessage request, string path, Entry? found, byte[] content)
    {
        if (found is not null && request.Headers.IfNoneMatch.Count > 0)
        {
            return MemoryStorage.Failure(HttpStatusCode.Conflict, "BlobAlreadyExists");
        }

        if (request.Headers.IfMatch.Count > 0 && MemoryStorage.ETag(found?.Version ?? 0) != request.Headers.IfMatch.Single().Tag)
        {
            return MemoryStorage.Failure(HttpStatusCode.PreconditionFailed, "ConditionNotMet");
        }

        var type = MemoryStorage.Header(request, "x-ms-blob-content-type") ?? "application/octet-stream";
        _blobs[path] = new Entry(content, type, ++_writes, found?.Lease);
        return MemoryStorage.Answer(HttpStatusCode.Created, _writes);
    }

    private HttpResponseMessage Lease(HttpRequestMessage request, string path, Entry? found)
    {
        var action = MemoryStorage.Header(request, "x-ms-lease-action");
        var id = MemoryStorage.Header(request, "x-ms-lease-id") ?? MemoryStorage.Header(request, "x-ms-proposed-lease-id");
        if (found is null)
        {
            return MemoryStorage.Failure(HttpStatusCode.NotFound, "BlobNotFound");
        }

        if (found.Lease is { } holder && holder != id)
        {
            return MemoryStorage.Failure(HttpStatusCode.Conflict, "LeaseAlreadyPresent");
        }

        _blobs[path] = found with { Lease = action == "release" ? null : id };
        var answer = MemoryStorage.Answer(action == "acquire" ? HttpStatusCode.Created : HttpStatusCode.OK, found.Version);
        answer.Headers.Add("x-ms-lease-id", id);
        return answer;
    }

    private HttpResponseMessage Delete(string path)
    {
        _blobs.Remove(path);
        return MemoryStorage.Answer(HttpStatusCode.Accepted);
    }

    private HttpResponseMessage List(string container, string prefix)
    {
        var found = _blobs.Where(blob => blob.Key.StartsWith($"{container}/{prefix}", StringComparison.Ordinal));
        var blobs = found.Select(blob => new XElement(
            "Blob",
            new XElement("Name", blob.Key[(container.Length + 1)..]),
            new XElement(
                "Properties", new XElement("BlobType", "BlockBlob"), new XElement("Content-Length", blob.Value.Content.Length))));
        var document = new XElement("EnumerationResults", new XElement("Blobs", blobs), new XElement("NextMarker"));
        return MemoryStorage.Answer(HttpStatusCode.OK, 0, Encoding.UTF8.GetBytes(document.ToString()), "application/xml");
    }

    private static string Prefix(string query) =>
        Uri.UnescapeDataString(query.TrimStart('?').Split('&').Single(part => part.StartsWith("prefix=", StringComparison.Ordinal))[7..]);

    private sealed record Entry(byte[] Content, string Type, long Version, string? Lease);
}
