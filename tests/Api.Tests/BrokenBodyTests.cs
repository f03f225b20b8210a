using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>Bodies that end too soon or break the rules of HTTP, sent byte by byte.</summary>
public sealed class BrokenBodyTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>RFC 9112, section 7.1: a chunk begins with its size in hexadecimal digits.</summary>
    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("7FFFFFFFFFFFFFFF")]
    [InlineData("-1")]
    [InlineData("xyz")]
    public async Task Predict_ImpossibleChunkSize_IsABadRequest(string size)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        var answer = await server.ExchangeAsync(
            $"POST /api/predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
            + $"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\nId,0\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 Bad Request", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST /api/predictions", "text/csv")]
    [InlineData("POST /api/comparisons", "application/json")]
    [InlineData("PUT /api/uploads/a.csv", "application/octet-stream")]
    public async Task Send_ChunkThatIsLongerThanItsSize_IsRefusedInOwnWords(string line, string type)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        var answer = await server.ExchangeAsync(
            $"{line} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            + "2\r\n{...}\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 Bad Request", answer, StringComparison.Ordinal);
        Assert.Contains(
            "\"detail\": \"body: it is cut off, or its chunks are malformed; send it again.\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--x\r\nContent-Disposition: form-data; name=a; filename=a.csv\r\n\r\nId,0", "it ends without its closing boundary")]
    [InlineData("--x\r\nContent-Disposition\r\n\r\nId,0\r\n--x--\r\n", "the headers of a part are malformed or too long")]
    [InlineData("no form at all", "it ends without its closing boundary")]
    public async Task Predict_FormThatIsMalformed_IsRefusedInOwnWords(string form, string expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(form));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        var problem = await server.Http.PostAsync("predictions", content, Cancellation).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal($"body: not usable as multipart/form-data: {expected}.", problem);
    }
}
