using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>Bodies of prediction requests as other programs write them, and bodies that look wrong.</summary>
public sealed class PredictionBodyTests(AzuriteFixture azurite)
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

        var answer = await ExchangeAsync(
            server,
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

        var answer = await ExchangeAsync(
            server,
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

        var problem = await SendAsync(server, "multipart/form-data; boundary=x", Encoding.ASCII.GetBytes(form))
            .ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal($"body: not usable as multipart/form-data: {expected}.", problem);
    }

    [Theory]
    [InlineData("image/webp", "a.webp")]
    [InlineData("image/gif", "a.gif")]
    [InlineData("image/bmp", "a.bmp")]
    [InlineData("image/jpg", "a.jpg")]
    public async Task Predict_PictureOfAnyKind_GivesOnePrediction(string type, string name)
    {
        PythonReference.Require("PIL");
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        using var folder = new TemporaryFolder();
        PythonReference.RunCode(
            "import sys; from PIL import Image; Image.new('RGB', (40, 40), (9, 9, 200)).save(sys.argv[1])", folder.File(name));
        var picture = await File.ReadAllBytesAsync(folder.File(name), Cancellation);

        var answer = await SendAsync(server, type, picture, "predictions?pictures=never").JsonAsync();

        Assert.Single(answer.GetProperty("predictions").EnumerateArray());
    }

    /// <summary>JSON has one type of numbers: 12.0 is the integer 12 (JSON Schema 2020-12, section 6.1.1).</summary>
    [Fact]
    public async Task Predict_WholeFloatsAndRows_AreGreyValues()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        var floats = $"[{string.Join(',', Enumerable.Repeat("12.0", 784))}]";
        var rows = $"[{string.Join(',', Enumerable.Repeat($"[{string.Join(',', Enumerable.Repeat("12", 28))}]", 28))}]";
        var flat = Pixels(12);

        var answer = await server
            .PostJsonAsync("predictions", $$"""{"images": [{{floats}}, {"pixels": {{floats}}}, {{rows}}, {{flat}}]}""").JsonAsync();

        var probabilities = answer.GetProperty("predictions").EnumerateArray()
            .Select(item => item.GetProperty("probabilities")[0].GetDouble()).ToList();
        // 784 * 12 / 255 * .01 = .36894: softmax(1, .36894).
        Assert.All(probabilities, probability => Assert.Equal(.652734, probability, 1e-5));
        Assert.Equal(4, probabilities.Count);
    }

    [Theory]
    [InlineData(1, "no value is above 1")]
    [InlineData(255, "the image seems to show a dark garment on a light background")]
    public async Task Predict_SuspiciousValues_AreAWarning(byte grey, string expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        var json = await server.PostJsonAsync("predictions", $$"""{"images": [{{Pixels(grey)}}]}""").JsonAsync();
        var csv = await SendAsync(server, "text/csv", Encoding.UTF8.GetBytes(Csv(("a", grey)))).JsonAsync();

        foreach (var answer in new[] { json, csv })
        {
            var warning = Assert.Single(answer.GetProperty("warnings").EnumerateArray()).GetString();
            Assert.StartsWith(expected, warning, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Predict_NulInAnId_IsRefused()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        var problem = await server.PostJsonAsync("predictions", $$"""{"images": [{"id": "a\u0000b", "pixels": {{Pixels(0)}}}]}""")
            .ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal("images[0].id: expected a string of 1 to 1024 characters without NUL.", problem);
    }

    /// <summary>The content determines the format, as with an upload.</summary>
    [Fact]
    public async Task Predict_BytesOfUnknownType_AreReadByTheirContent()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        var csv = await SendAsync(server, "application/octet-stream", Encoding.UTF8.GetBytes(Csv(("a", 12), ("b", 12)))).JsonAsync();

        Assert.Equal(["a", "b"], Ids(csv));
        // 784 * 12 / 255 * .01 = .36894: softmax(1, .36894).
        Assert.Equal(.652734, csv.GetProperty("predictions")[0].GetProperty("probabilities")[0].GetDouble(), 1e-5);
    }

    [Fact]
    public async Task Predict_ZipOfPictures_PredictsEachOfThem()
    {
        PythonReference.Require("PIL");
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        using var folder = new TemporaryFolder();
        PythonReference.RunCode(
            "import sys, zipfile; from PIL import Image\n"
            + "with zipfile.ZipFile(sys.argv[1], 'w') as z:\n"
            + "  for name in ['a.png', 'b.png']:\n"
            + "    with z.open(name, 'w') as entry: Image.new('L', (28, 28), 90).save(entry, 'PNG')",
            folder.File("two.zip"));
        var zip = await File.ReadAllBytesAsync(folder.File("two.zip"), Cancellation);

        var answer = await SendAsync(server, "application/zip", zip).JsonAsync();

        Assert.Equal(["a.png", "b.png"], Ids(answer));
    }

    [Fact]
    public async Task Predict_FormWithFiles_PredictsAllOfThem()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Csv(("a", 12))), "first", "a.csv" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(Csv(("b", 12), ("c", 12)))), "second", "b.csv" },
        };

        var answer = await server.Http.PostAsync("predictions", form, Cancellation).JsonAsync();

        Assert.Equal(["a", "b", "c"], Ids(answer));
    }

    [Fact]
    public async Task Predict_FormThatCannotBeUsed_SaysWhy()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        using var field = new MultipartFormDataContent { { new StringContent("never"), "pictures" } };
        using var text = new StringContent("no form");
        text.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var nameless = new StringContent("no form");
        nameless.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data");
        using var damaged = new MultipartFormDataContent { { new StringContent("%PNG"), "picture", "a.png" } };
        damaged.First().Headers.ContentType = MediaTypeHeaderValue.Parse("image/png");

        Assert.Equal(
            "body: expected only files in the form, found the field 'pictures'; options belong in the query.", await RefusalAsync(field));
        Assert.StartsWith("body: not usable as multipart/form-data: ", await RefusalAsync(text), StringComparison.Ordinal);
        Assert.Equal(
            "Content-Type: expected a boundary of 1 to 70 characters with multipart/form-data.", await RefusalAsync(nameless));
        Assert.Equal(
            "a.png: expected image/png as its Content-Type says, found bytes that begin with 25504E47.", await RefusalAsync(damaged));

        async Task<string> RefusalAsync(HttpContent form) =>
            await server.Http.PostAsync("predictions", form, Cancellation).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Predict_CompressedBody_IsUnpacked()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        var csv = Gzip.Compress(Encoding.UTF8.GetBytes(Csv(("a", 12))));

        Assert.Equal(["a"], Ids(await SendAsync(server, "text/csv", csv, encoding: "gzip").JsonAsync()));
        Assert.Equal(
            "body: expected gzip as its Content-Encoding says, found damaged data.",
            await SendAsync(server, "text/csv", csv[..20], encoding: "gzip").ProblemAsync(HttpStatusCode.BadRequest));
        Assert.Equal(
            "body: expected gzip as its Content-Encoding says, found damaged data.",
            await SendAsync(server, "text/csv", "Id"u8.ToArray(), encoding: "gzip").ProblemAsync(HttpStatusCode.BadRequest));
    }

    /// <summary>17 MB of zeros take 17 KB. RFC 9110, section 12.5.3: the response names the accepted encodings.</summary>
    [Fact]
    public async Task Predict_CompressionThatIsTooLargeOrUnknown_IsRefused()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        await SendAsync(server, "text/csv", Gzip.Compress(new byte[17 << 20]), encoding: "gzip")
            .ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        using var unknown = await SendAsync(server, "text/csv", [1], encoding: "br");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, unknown.StatusCode);
        Assert.Equal(["gzip"], unknown.Headers.GetValues("Accept-Encoding"));
        Assert.Contains(
            "Content-Encoding: expected gzip, found", await unknown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Ids(JsonElement answer) =>
        answer.GetProperty("predictions").EnumerateArray().Select(item => item.GetProperty("id").GetString());

    private static string Pixels(byte grey) => $"[{string.Join(',', Enumerable.Repeat(grey, 784))}]";

    private static string Csv(params (string Id, byte Grey)[] rows) =>
        $"Id,{string.Join(',', Enumerable.Range(0, 784))}\n"
        + string.Concat(rows.Select(row => $"{row.Id},{string.Join(',', Enumerable.Repeat(row.Grey, 784))}\n"));

    private static Task<HttpResponseMessage> SendAsync(
        ApiServer server, string type, byte[] body, string path = "predictions", string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return server.Http.PostAsync(path, content, Cancellation);
    }

    /// <summary>Sends bytes, and gives all that the server answers.</summary>
    private static async Task<string> ExchangeAsync(ApiServer server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Http.BaseAddress!.Port, Cancellation);
        await using var connection = client.GetStream();
        await connection.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        using var reader = new StreamReader(connection);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
