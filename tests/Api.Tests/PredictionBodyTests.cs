using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
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
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Http.BaseAddress!.Port, Cancellation);
        await using var connection = client.GetStream();

        await connection.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                + $"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\nId,0\r\n0\r\n\r\n"),
            Cancellation);

        using var reader = new StreamReader(connection);
        Assert.StartsWith("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
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

    private static string Pixels(byte grey) => $"[{string.Join(',', Enumerable.Repeat(grey, 784))}]";

    private static string Csv(params (string Id, byte Grey)[] rows) =>
        $"Id,{string.Join(',', Enumerable.Range(0, 784))}\n"
        + string.Concat(rows.Select(row => $"{row.Id},{string.Join(',', Enumerable.Repeat(row.Grey, 784))}\n"));

    private static Task<HttpResponseMessage> SendAsync(ApiServer server, string type, byte[] body, string path = "predictions")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return server.Http.PostAsync(path, content, Cancellation);
    }
}
