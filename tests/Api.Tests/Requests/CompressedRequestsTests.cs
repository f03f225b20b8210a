using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ServerlessFashion.Api.Tests.OpenApi;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests.Requests;

/// <summary>Bodies in gzip and in other compressions, at every operation that takes a body.</summary>
public sealed class CompressedRequestsTests(AzuriteFixture azurite)
{
    private const string Json = "application/json";

    private const string Mine =
        """
        {
          "name": "mine",
          "layers": [{"kind": "conv2D", "filters": 16, "kernel": 3, "padding": "same"}, {"kind": "flatten"}],
          "phases": [{"epochs": 1, "learningRate": 0.002}]
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_JsonInGzip_IsUnpacked()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Completed);
        await server.AddModelAsync();

        var started = await SendAsync(server, "POST", "comparisons", Json, Packed("""{"preset": "smoke", "name": "Packed"}"""))
            .JsonAsync(HttpStatusCode.Accepted);
        var run = await server.Http.GetAsync($"comparisons/{started.Text("id")}", Cancellation).JsonAsync();
        var edited = await SendAsync(server, "PATCH", "comparisons/run", Json, Packed("""{"name": "Edited", "tags": ["a"]}""")).JsonAsync();
        var champion = await SendAsync(server, "PUT", "models/champion", Json, Packed("""{"runId": "run", "model": "tiny"}""")).JsonAsync();
        // RFC 9110, section 8.4.1.3: x-gzip is the same.
        var spec = await SendAsync(server, "POST", "specs", Json, Packed(Mine), "x-gzip").JsonAsync(HttpStatusCode.Created);

        Assert.Equal("Packed", run.Text("name"));
        Assert.Equal("Edited", edited.Text("name"));
        Assert.Contains("run/tiny/seed-1", champion.ToString(), StringComparison.Ordinal);
        Assert.Equal("mine", spec.Text("name"));
    }

    /// <summary>
    /// A body is either read in gzip, so that damage to it is noticed, or is refused by name. RFC 9110, section 15.5.16: the response says
    /// which compression would do.
    /// </summary>
    [Fact]
    public async Task Send_EveryOperationWithABody_UnpacksGzipOrRefusesItByName()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Completed);
        await server.AddChampionAsync();
        var document = await OpenApiDocumentTests.GenerateAsync();
        var operations = document.Operations.Where(operation => operation.Operation["requestBody"] is not null).ToList();
        Assert.Superset(
            new HashSet<string>(["StartComparison", "EditComparison", "AddDataset", "Predict", "PutUpload"]),
            operations.Select(operation => operation.Id).ToHashSet());

        foreach (var operation in operations)
        {
            var path = operation.Path[1..].Replace("{id}", "run", StringComparison.Ordinal).Replace("{name}", "a", StringComparison.Ordinal)
                + (operation.Id == "AddDataset" ? "?name=pets" : "");
            var isStored = operation.Operation["requestBody"]!["content"]![Json] is null;
            var type = isStored ? "application/octet-stream" : Json;

            using var damaged = await SendAsync(server, operation.Method, path, type, [1, 2, 3]);
            using var brotli = await SendAsync(server, operation.Method, path, type, [1], "br");

            var (status, detail, accepted) = isStored
                ? (415, "Content-Encoding: expected none, found 'gzip'; send the file as it is.", "identity")
                : (400, "body: expected gzip as its Content-Encoding says, found damaged data.", "");
            Assert.Equal($"{operation.Id}: {status} {detail} {accepted}", await OutlineAsync(operation.Id, damaged));
            (detail, accepted) = isStored
                ? ("Content-Encoding: expected none, found 'br'; send the file as it is.", "identity")
                : ("Content-Encoding: expected gzip, found 'br'.", "gzip");
            Assert.Equal($"{operation.Id}: 415 {detail} {accepted}", await OutlineAsync(operation.Id, brotli));
        }
    }

    private static async Task<string> OutlineAsync(string operation, HttpResponseMessage response)
    {
        var problem = await Task.FromResult(response).ProblemAsync(response.StatusCode);
        var accepted = response.Headers.TryGetValues("Accept-Encoding", out var values) ? string.Join(',', values) : "";
        return $"{operation}: {(int)response.StatusCode} {problem} {accepted}";
    }

    private static byte[] Packed(string text) => Gzip.Compress(Encoding.UTF8.GetBytes(text));

    private static Task<HttpResponseMessage> SendAsync(
        ApiServer server, string method, string path, string type, byte[] body, string encoding = "gzip")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Content.Headers.ContentEncoding.Add(encoding);
        return server.Http.SendAsync(request, Cancellation);
    }
}
