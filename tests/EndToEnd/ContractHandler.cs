using System.Net;
using ServerlessFashion.Tests;

namespace ServerlessFashion.EndToEnd;

/// <summary>Holds every answer against the OpenAPI document that the server itself publishes.</summary>
internal sealed class ContractHandler() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private OpenApiDocument? _document;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var url = request.RequestUri!.AbsolutePath;
        var path = url[(url.IndexOf("/api/", StringComparison.Ordinal) + "/api".Length)..];
        _document ??= await FetchAsync(request, url[..^path.Length] + "/openapi.json", cancellationToken);
        // A host's own guard stands before the contract.
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            _document.AssertAllows(
                request.Method.Method, path, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
        }

        return response;
    }

    private async Task<OpenApiDocument> FetchAsync(HttpRequestMessage like, string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(like.RequestUri!, path));
        foreach (var header in like.Headers.Where(header => header.Key == ServedSystem.KeyHeader))
        {
            request.Headers.Add(header.Key, header.Value);
        }

        using var response = await base.SendAsync(request, cancellation);
        return new OpenApiDocument(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellation));
    }
}
