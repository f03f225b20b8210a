using System.Net;
using System.Text;
using Azure;
using ServerlessFashion.Prediction;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

public sealed class UploadEndpointsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_File_StoresItAndWaits()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        using var response = await server.Http.PutAsync("uploads/my%20images.csv", Content("content"), Cancellation);
        var upload = await Task.FromResult(response).JsonAsync(HttpStatusCode.Accepted);

        var blob = server.Storage.Container(StorageNames.Incoming).GetBlobClient("my images.csv");
        var stored = await blob.DownloadContentAsync(Cancellation);
        Assert.Equal("content", stored.Value.Content.ToString());
        Assert.Equal(stored.Value.Details.ETag, new ETag($"\"{upload.Text("version")}\""));
        Assert.Equal(("my images.csv", "waiting"), (upload.Text("name"), upload.Text("status")));
        var version = Uri.EscapeDataString(upload.Text("version"));
        Assert.Equal($"/api/uploads/my%20images.csv?version={version}", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Put_FileForADataset_StoresItInTheFolderOfTheSet()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await StoredShapeSet.RegisterAsync(server.Storage, ShapeSet.Discs, train: 3, test: 0, Cancellation);

        using var response = await server.Http.PutAsync("uploads/a.png?dataset=discs", Content("content"), Cancellation);
        var upload = await Task.FromResult(response).JsonAsync(HttpStatusCode.Accepted);
        var asked = await server.Http.GetAsync(response.Headers.Location!.OriginalString, Cancellation).JsonAsync();

        var blob = server.Storage.Container(StorageNames.Incoming).GetBlobClient("discs/a.png");
        Assert.Equal("content", (await blob.DownloadContentAsync(Cancellation)).Value.Content.ToString());
        Assert.Equal(("a.png", "discs"), (upload.Text("name"), upload.Text("dataset")));
        Assert.Equal(("waiting", upload.Text("version")), (asked.Text("status"), asked.Text("version")));
    }

    [Theory]
    [InlineData("discz", "dataset: no data set 'discz' is registered; did you mean discs?")]
    [InlineData("../a", "dataset: expected 1 to 63 lower-case letters, digits and hyphens")]
    public async Task Put_ForADatasetThatIsNotRegistered_IsRefused(string dataset, string message)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await StoredShapeSet.RegisterAsync(server.Storage, ShapeSet.Discs, train: 3, test: 0, Cancellation);

        var problem = await server.Http.PutAsync(
            $"uploads/a.png?dataset={Uri.EscapeDataString(dataset)}", Content("content"), Cancellation)
            .ProblemAsync(HttpStatusCode.BadRequest);

        Assert.StartsWith(message, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PredictedFile_GivesItsSummaryAndRows()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        var version = await UploadAsync(server, "images.csv", Csv(("a", 255), ("b", 0)));
        await PredictAsync(server, "images.csv", version);

        var upload = await server.Http.GetAsync("uploads/images.csv", Cancellation).JsonAsync();
        var rows = await server.Http.GetStringAsync("uploads/images.csv/predictions", Cancellation);

        Assert.Equal(("predicted", version), (upload.Text("status"), upload.Text("version")));
        Assert.Equal(2, upload.GetProperty("summary").GetProperty("count").GetInt32());
        Assert.Equal(["Id", "a", "b"], rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(',')[0]));
        Assert.Equal(["1", "0"], rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')[1]));
    }

    [Fact]
    public async Task Get_EarlierVersionOfAPredictedFile_IsReplaced()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        var first = await UploadAsync(server, "images.csv", Csv(("a", 255)));
        await PredictAsync(server, "images.csv", first);
        var second = await UploadAsync(server, "images.csv", Csv(("b", 255)));
        await PredictAsync(server, "images.csv", second);

        var earlier = await server.Http.GetAsync($"uploads/images.csv?version={Uri.EscapeDataString(first)}", Cancellation).JsonAsync();

        Assert.Equal("replaced", earlier.Text("status"));
    }

    [Fact]
    public async Task Get_FileThatCannotBePredicted_GivesTheReason()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        await PredictAsync(server, "words.txt", await UploadAsync(server, "words.txt", "no images"));

        var upload = await server.Http.GetAsync("uploads/words.txt", Cancellation).JsonAsync();

        Assert.Equal("failed", upload.Text("status"));
        Assert.StartsWith("words.txt: ", upload.Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_BodyAboveTheLimit_IsRefusedBeforeItIsSent()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        using var request = new HttpRequestMessage(HttpMethod.Put, "uploads/large")
        {
            Content = new StreamContent(new LongStream((100 << 20) + 1)),
        };
        request.Headers.ExpectContinue = true;

        var problem = await server.Http.SendAsync(request, Cancellation).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal("body: expected at most 104857600 bytes, found more.", problem);
    }

    [Fact]
    public async Task Put_BodyOfUnknownLengthAboveTheLimit_IsRefusedWithTheLimit()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        using var content = new StreamContent(new LongStream(101 << 20));
        using var request = new HttpRequestMessage(HttpMethod.Put, "uploads/large") { Content = content };
        request.Headers.TransferEncodingChunked = true;

        var problem = await server.Http.SendAsync(request, Cancellation).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal("body: expected at most 104857600 bytes, found more.", problem);
    }

    /// <summary>The web server refuses bodies above 30 MB unless an endpoint allows them.</summary>
    [Fact]
    public async Task Put_LargeBodyOfUnknownLength_IsStored()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        using var content = new StreamContent(new LongStream(40 << 20));
        using var request = new HttpRequestMessage(HttpMethod.Put, "uploads/large") { Content = content };
        request.Headers.TransferEncodingChunked = true;

        using var response = await server.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var stored = await server.Storage.Container(StorageNames.Incoming).GetBlobClient("large").GetPropertiesAsync(
            cancellationToken: Cancellation);
        Assert.Equal(40 << 20, stored.Value.ContentLength);
    }

    [Fact]
    public async Task Put_CompressedBody_IsRefused()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        using var content = Content("content");
        content.Headers.ContentEncoding.Add("gzip");

        var problem = await server.Http.PutAsync("uploads/a", content, Cancellation).ProblemAsync(HttpStatusCode.UnsupportedMediaType);

        Assert.Equal("Content-Encoding: expected none, found 'gzip'; send the file as it is.", problem);
    }

    [Theory]
    [InlineData("uploads/none", "name: no file 'none' was uploaded.")]
    [InlineData("uploads/none/predictions", "name: there are no predictions for 'none'.")]
    public async Task Get_UnknownFile_IsNotFound(string path, string expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        Assert.Equal(expected, await server.Http.GetAsync(path, Cancellation).ProblemAsync(HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData("uploads/a%5Cb", "name: expected the name of a file")]
    [InlineData("uploads/a%0Ab", "name: expected the name of a file")]
    [InlineData("uploads/a%EF%BF%BEb", "name: 'a")]
    [InlineData("uploads/a%2Fb", "name: 'a%2Fb' has")]
    [InlineData("uploads/a%252Fb", "name: 'a%2Fb' has")]
    [InlineData("uploads/%FF", "name: '%FF' has")]
    public async Task Put_NameThatStorageCannotHold_IsRefused(string path, string expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.Http.PutAsync(path, Content("content"), Cancellation).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    private static ByteArrayContent Content(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string Csv(params (string Id, byte Grey)[] rows) =>
        $"Id,{string.Join(',', Enumerable.Range(0, 784))}\n"
        + string.Concat(rows.Select(row => $"{row.Id},{string.Join(',', Enumerable.Repeat(row.Grey, 784))}\n"));

    private static async Task<string> UploadAsync(ApiServer server, string name, string text) =>
        (await server.Http.PutAsync($"uploads/{name}", Content(text), Cancellation).JsonAsync(HttpStatusCode.Accepted)).Text("version");

    private static Task<PredictionRecord> PredictAsync(ApiServer server, string name, string version) =>
        TestServices.On(server.Storage).AddPrediction().Get<IncomingPredictor>()
            .PredictAsync(new IncomingBlob(name, new ETag($"\"{version}\"")), Cancellation);

    /// <summary>Zeros without memory.</summary>
    private sealed class LongStream(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            Position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();
    }
}
