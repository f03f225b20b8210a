using System.Net;
using System.Net.Http.Headers;
using Azure.Storage.Blobs.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

public sealed class ReportEndpointsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("report", "index.html", "text/html; charset=utf-8")]
    [InlineData("report/index.html", "index.html", "text/html; charset=utf-8")]
    [InlineData("report/report.json", "report.json", "application/json")]
    [InlineData("report/plots/loss.svg", "plots/loss.svg", "image/svg+xml")]
    public async Task Get_File_GivesItsContentAndType(string path, string file, string type)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await AddReportFileAsync(server, file, type);

        using var response = await server.Http.GetAsync($"comparisons/run/{path}", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.ToString());
        Assert.Equal("\"content\"", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    /// <summary>Browsers say what they will do with a response (W3C Fetch Metadata). The page's links need its folder.</summary>
    [Fact]
    public async Task Get_PageInABrowser_LeadsToTheFileInItsFolder()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await AddReportFileAsync(server, "index.html", "text/html");
        using var request = new HttpRequestMessage(HttpMethod.Get, "comparisons/run/report?code=key");
        request.Headers.Add("Sec-Fetch-Dest", "document");

        using var response = await server.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("report/index.html?code=key", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Get_UnchangedSinceETag_IsNotSentAgain()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await AddReportFileAsync(server, "report.md", "text/markdown");
        using var first = await server.Http.GetAsync("comparisons/run/report/report.md", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "comparisons/run/report/report.md");
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));

        using var second = await server.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("report/none.html")]
    [InlineData("report/..%2Fdata.json")]
    [InlineData("report/plots%2F..%2F..%2Fdata.json")]
    [InlineData("report/%2E%2E/data.json")]
    [InlineData("report/.hidden")]
    [InlineData("report//data.json")]
    [InlineData("report/a%5Cb")]
    public async Task Get_OutsideTheReport_IsNotFound(string path)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Completed);
        await server.Storage.Container(StorageNames.Runs).GetBlobClient("run/data.json")
            .UploadAsync(BinaryData.FromString("secret"), overwrite: true, Cancellation);

        var asItIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var url = new Uri($"{server.Http.BaseAddress}comparisons/run/{path}", asItIs);

        using var response = await server.Http.GetAsync(url, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Get_RunningRun_SaysThatItHasNotEnded()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running);

        var problem = await server.Http.GetAsync("comparisons/run/report", Cancellation).ProblemAsync(HttpStatusCode.NotFound);

        Assert.Contains("it has not ended", problem, StringComparison.Ordinal);
    }

    private static async Task AddReportFileAsync(ApiServer server, string file, string type)
    {
        await server.AddRunAsync("run", RunStatus.Completed);
        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = type } };
        await server.Storage.Container(StorageNames.Runs).GetBlobClient(StorageNames.ReportFolder("run") + file)
            .UploadAsync(BinaryData.FromString("\"content\""), options, Cancellation);
    }
}
