using System.Net;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using ServerlessFashion.Api.Tests.OpenApi;
using ServerlessFashion.Datasets;
using ServerlessFashion.Prediction;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Registry;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>RFC 9110, section 9.3.2: HEAD is GET without the body, wherever GET is.</summary>
public sealed class HeadRequestsTests(AzuriteFixture azurite)
{
    private const string Upload = "images.csv";

    /// <summary>What an answer to HEAD need not repeat: the time, and how a body is framed on the wire.</summary>
    private static readonly string[] OfOneAnswer = ["Date", "Transfer-Encoding"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Head_EveryOperationWithGet_AnswersAsGetWithoutTheBody()
    {
        var files = PublishedSet.Files();
        await using var server = await ApiServer.StartAsync(azurite);
        await FillAsync(server);
        // A report of several runs reads the images of its run.
        await new DatasetStore(server.Storage).UploadAsync(files, Cancellation);
        var document = await OpenApiDocumentTests.GenerateAsync();
        var paths = document.Operations.Where(operation => operation.Method == "GET")
            .Select(operation => PathOf(operation.Id, operation.Path)).ToList();
        Assert.InRange(paths.Count, 20, int.MaxValue);

        foreach (var path in paths)
        {
            var (get, head) = (await AskAsync(server, "GET", path), await AskAsync(server, "HEAD", path));

            Assert.True(get.Status == "HTTP/1.1 200 OK", $"{path}: {get.Status}: {get.Body}");
            Assert.NotEqual("", get.Body);
            Assert.Equal($"{path}: {get.Status}\n{get.Headers}", $"{path}: {head.Status}\n{head.Headers}");
            Assert.True(head.Body.Length == 0, $"{path}: HEAD has a body.");
        }
    }

    [Theory]
    [InlineData("/comparisons/none", "HTTP/1.1 404 Not Found")]
    [InlineData("/comparisons?stats=failed", "HTTP/1.1 400 Bad Request")]
    [InlineData("/predictions", "HTTP/1.1 405 Method Not Allowed")]
    [InlineData("/nothing", "HTTP/1.1 404 Not Found")]
    public async Task Head_PathThatGetRefuses_IsRefusedAlike(string path, string expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var (get, head) = (await AskAsync(server, "GET", path), await AskAsync(server, "HEAD", path));

        Assert.Equal((expected, expected), (get.Status, head.Status));
        Assert.Equal(get.Headers, head.Headers);
        Assert.Equal("", head.Body);
    }

    /// <summary>A client that knows the version gets no body either way.</summary>
    [Fact]
    public async Task Head_UnchangedSinceETag_IsNotModified()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await FillAsync(server);
        using var first = await server.Http.GetAsync($"comparisons/{UnversionedRuns.Completed}/report", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Head, $"comparisons/{UnversionedRuns.Completed}/report");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var http = new HttpClient { BaseAddress = server.Http.BaseAddress };

        using var second = await http.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (second.StatusCode, second.Headers.ETag));
    }

    private static async Task<(string Status, string Headers, string Body)> AskAsync(ApiServer server, string method, string path)
    {
        var answer = await server.ExchangeAsync($"{method} /api{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = answer[..end].Split("\r\n");
        var headers = lines.Skip(1).Where(line => !OfOneAnswer.Contains(line.Split(':')[0])).Order(StringComparer.Ordinal);
        return (lines[0], string.Join('\n', headers), answer[(end + 4)..]);
    }

    /// <summary>The path of an operation to something that <see cref="FillAsync"/> has stored.</summary>
    private static string PathOf(string operation, string path)
    {
        var name = operation switch
        {
            "GetDataset" or "ListDatasetImages" => ShapeSet.Discs.Name,
            "GetUpload" or "GetUploadPredictions" => Upload,
            _ => "model1",
        };
        var query = operation switch
        {
            "GetReports" => $"?runs={UnversionedRuns.Completed}",
            "ExportModel" => "?seed=1",
            _ => "",
        };
        return path.Replace("{id}", UnversionedRuns.Completed, StringComparison.Ordinal)
            .Replace("{model}", "model1", StringComparison.Ordinal)
            .Replace("{file}", "report.json", StringComparison.Ordinal)
            .Replace("{name}", name, StringComparison.Ordinal) + query;
    }

    /// <summary>Stores a completed run with its report and a served model, a data set, and a predicted upload.</summary>
    private static async Task FillAsync(ApiServer server)
    {
        await UnversionedRuns.LoadAsync(server.Storage);
        var runs = server.Storage.Container(StorageNames.Runs);
        var page = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "text/html" } };
        await runs.GetBlobClient(StorageNames.ReportFolder(UnversionedRuns.Completed) + "index.html")
            .UploadAsync(BinaryData.FromString("<p>the report</p>"), page, Cancellation);
        await runs.GetBlobClient(StorageNames.TrainingFolder(UnversionedRuns.Completed, "model1", 1) + "model.safetensors")
            .UploadAsync(BinaryData.FromString("the weights"), Cancellation);
        var model = await server.AddModelAsync(UnversionedRuns.Completed, "model1");
        await server.Registry.PromoteAsync(model, PromotionCause.Hand, "for the test", null, Cancellation);
        await StoredShapeSet.RegisterAsync(server.Storage, ShapeSet.Discs, train: 3, test: 0, Cancellation);

        using var images = new ByteArrayContent(Encoding.ASCII.GetBytes(
            $"Id,{string.Join(',', Enumerable.Range(0, 784))}\na,{string.Join(',', Enumerable.Repeat(12, 784))}\n"));
        var upload = await server.Http.PutAsync($"uploads/{Upload}", images, Cancellation).JsonAsync(HttpStatusCode.Accepted);
        await TestServices.On(server.Storage).AddPrediction().Get<IncomingPredictor>()
            .PredictAsync(new IncomingBlob(Upload, new ETag($"\"{upload.Text("version")}\"")), Cancellation);
    }
}
