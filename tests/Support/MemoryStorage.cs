using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Tests;

/// <summary>
/// A storage account in memory, behind the real storage clients: single blobs with conditions and leases, and rows of tables that are read
/// singly or by comparisons of texts.
/// Its clock advances by one second with each write. A request that it does not know ends the test.
/// </summary>
internal sealed class MemoryStorage : HttpMessageHandler
{
    private const string BlobHost = "blobs.memory.test";
    private const string TableHost = "tables.memory.test";

    private readonly Lock _oneRequest = new();
    private readonly MemoryBlobs _blobs = new();
    private readonly MemoryRows _rows = new();

    /// <summary>An empty account.</summary>
    public static FashionStorage Connect()
    {
        var transport = new HttpClientTransport(new MemoryStorage());
        return FashionStorage.Connect(
            $"AccountName=memory;AccountKey=AAAA;BlobEndpoint=http://{BlobHost};TableEndpoint=http://{TableHost}",
            new BlobClientOptions { Transport = transport },
            tables: new TableClientOptions { Transport = transport });
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath).TrimStart('/');
        var answer = Answer(request, path, content);
        answer.RequestMessage = request;
        return answer;
    }

    /// <summary>The value of a header; null if it is absent.</summary>
    public static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    public static HttpResponseMessage Answer(HttpStatusCode status, long version = 0, byte[]? content = null, string type = "text/plain")
    {
        var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent(content ?? []) };
        answer.Headers.ETag = new EntityTagHeaderValue(ETag(version));
        answer.Content.Headers.LastModified = DateTimeOffset.UnixEpoch.AddSeconds(version);
        answer.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return answer;
    }

    public static HttpResponseMessage Failure(HttpStatusCode status, string code)
    {
        var error = new XElement("Error", new XElement("Code", code), new XElement("Message", code));
        var answer = Answer(status, content: Encoding.UTF8.GetBytes(error.ToString()), type: "application/xml");
        answer.Headers.Add("x-ms-error-code", code);
        return answer;
    }

    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static NotSupportedException Unknown(HttpRequestMessage request) => new($"{request.Method} {request.RequestUri}");

    private HttpResponseMessage Answer(HttpRequestMessage request, string path, byte[] content)
    {
        lock (_oneRequest)
        {
            return request.RequestUri!.Host == BlobHost ? _blobs.Answer(request, path, content) : _rows.Answer(request, path, content);
        }
    }
}
