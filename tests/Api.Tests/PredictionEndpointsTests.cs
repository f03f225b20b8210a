using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ServerlessFashion.Data;
using ServerlessFashion.Reporting;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>
/// The champion is <see cref="Prediction.TinyModel"/>: its logits are 1 and .01 times the pixels' worth of 255. A black image
/// gives softmax(1, 0) = (.731059, .268941), a white one softmax(1, 7.84) = (.001069, .998931).
/// </summary>
public sealed class PredictionEndpointsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_Json_GivesLabelProbabilitiesAndModelOfEachImage()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        var body = $$"""{"images": [{{Pixels(0)}}, {"id": "white", "pixels": {{Pixels(255)}}}]}""";

        var answer = await server.PostJsonAsync("predictions", body).JsonAsync();

        Assert.Equal(["0", "white"], answer.Texts("predictions", "id"));
        Assert.Equal(["label 0", "label 1"], answer.Texts("predictions", "labelName"));
        Assert.Equal(["run/tiny", "run/tiny"], answer.Texts("predictions", "model"));
        Assert.Equal(.731059, answer.GetProperty("predictions")[0].GetProperty("probabilities")[0].GetDouble(), 1e-6);
        Assert.Equal(.998931, answer.GetProperty("predictions")[1].GetProperty("probabilities")[1].GetDouble(), 1e-6);
    }

    [Fact]
    public async Task Predict_Csv_GivesItsRowsInOrder()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        var answer = await SendAsync(server, "text/csv", Encoding.UTF8.GetBytes(Csv(("a", 255), ("b", 0), ("a", 0)))).JsonAsync();

        Assert.Equal(["a", "b", "a"], answer.Texts("predictions", "id"));
        Assert.Equal([1, 0, 0], answer.GetProperty("predictions").EnumerateArray().Select(item => item.GetProperty("label").GetInt32()));
    }

    [Fact]
    public async Task Predict_Png_GivesOnePrediction()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        var white = new byte[784];
        Array.Fill(white, (byte)255);

        var png = ImagePng.Encode(white, ImageShape.FashionMnist);
        var answer = await SendAsync(server, "image/png", png, "predictions?pictures=never").JsonAsync();

        Assert.Equal(1, Assert.Single(answer.GetProperty("predictions").EnumerateArray()).GetProperty("label").GetInt32());
    }

    [Fact]
    public async Task Predict_NoChampion_SaysSo()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.PostJsonAsync("predictions", $$"""{"images": [{{Pixels(0)}}]}""").ProblemAsync(HttpStatusCode.Conflict);

        Assert.Contains("no champion yet", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_ChampionsFileIsDamaged_SaysSo()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        var champion = await server.AddChampionAsync();
        await server.Storage.Container(StorageNames.Runs).GetBlobClient(champion.OnnxBlob)
            .UploadAsync(BinaryData.FromString("?"), overwrite: true, Cancellation);

        var problem = await server.PostJsonAsync("predictions", $$"""{"images": [{{Pixels(0)}}]}""").ProblemAsync(HttpStatusCode.Conflict);

        Assert.Contains("should have SHA-256", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "expected an object with an array 'images'")]
    [InlineData("""{"images": []}""", "expected at least one image")]
    [InlineData("""{"images": [[1, 2]]}""", "images[0]: expected 784 grey values, found 2.")]
    [InlineData("""{"images": ["x"]}""", "images[0]: expected an array of 784 grey values")]
    [InlineData("""{"images": [{"id": "a"}]}""", "images[0]: expected an array of 784 grey values")]
    [InlineData("""{"images": [{"pixels": [], "name": "a"}]}""", "images[0]: 'name' is not a field here")]
    [InlineData("""{"images": [[1]], "model": "x"}""", "body: 'model' is not a field here")]
    public async Task Predict_BadJson_NamesTheImage(string body, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        var problem = await server.PostJsonAsync("predictions", body).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Contains(detail, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("256", "; if the values have 16 bits, divide them by 257 and round them")]
    [InlineData("-1", "; if the values are normalised, undo that first")]
    [InlineData("0.5", "; if the values are scaled to 0..1, multiply them by 255 and round them")]
    [InlineData("1.5")]
    [InlineData("\"7\"")]
    [InlineData("null")]
    public async Task Predict_BadGreyValue_IsNamedWithTheRemedy(string value, string remedy = "")
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        var pixels = Pixels(0)[..^2] + value + "]";

        var body = $$"""{"images": [{{Pixels(0)}}, {{pixels}}]}""";

        var problem = await server.PostJsonAsync("predictions", body).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal($"images[1]: value 783 should be a whole number from 0 to 255, found {value}{remedy}.", problem);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csv")]
    public async Task Predict_MoreThanThousandImages_IsRefused(string type)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        var body = type == "text/csv"
            ? Csv([.. Enumerable.Range(0, 1001).Select(i => ($"{i}", (byte)0))])
            : $$"""{"images": [{{string.Join(',', Enumerable.Repeat(Pixels(0), 1001))}}]}""";

        var problem = await SendAsync(server, type, Encoding.UTF8.GetBytes(body)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("at most 1000 images", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_ThousandImages_AreAnswered()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        var body = Csv([.. Enumerable.Range(0, 1000).Select(i => ($"{i}", (byte)0))]);

        var answer = await SendAsync(server, "text/csv", Encoding.UTF8.GetBytes(body)).JsonAsync();

        Assert.Equal(1000, answer.GetProperty("predictions").GetArrayLength());
    }

    [Theory]
    [InlineData("image/png", "Id,0")]
    [InlineData("image/jpeg", "PK\u0003\u0004")]
    [InlineData("text/csv", "\u0089PNG")]
    [InlineData("text/csv", "PK\u0003\u0004")]
    [InlineData("text/csv", "\u001f\u008b\u0008")]
    public async Task Predict_BodyIsNotWhatItsTypeSays_IsRefused(string type, string body)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        var problem = await SendAsync(server, type, Encoding.Latin1.GetBytes(body)).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Contains($"expected {type} as its Content-Type says", problem, StringComparison.Ordinal);
    }

    /// <summary>RFC 9110, section 8.3.1: a parameter's value may stand in quotes, and its name and charset in any case.</summary>
    [Theory]
    [InlineData("text/csv; charset=\"utf-8\"")]
    [InlineData("Text/CSV;Charset=UTF-8;header=present")]
    public async Task Predict_TypeWithParameters_IsUnderstood(string type)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        var answer = await SendAsync(server, type, Encoding.UTF8.GetBytes(Csv(("a", 255)))).JsonAsync();

        Assert.Equal(["a"], answer.Texts("predictions", "id"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csv")]
    public async Task Predict_RepeatedIds_AreAWarning(string type)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();
        var image = $$"""{"id": "a", "pixels": {{Pixels(9)}}}""";
        var body = type == "text/csv" ? Csv(("a", 9), ("a", 9)) : $$"""{"images": [{{image}}, {{image}}]}""";

        var answer = await SendAsync(server, type, Encoding.UTF8.GetBytes(body)).JsonAsync();

        Assert.Equal(
            ["1 row repeats an id that came before; the first is 'a' in row 2. Each row has its own prediction."],
            answer.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()));
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
