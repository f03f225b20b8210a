using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ServerlessFashion.EndToEnd;

public sealed class PredictionTests(ServedSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Models_AfterARun_CanBePromoted()
    {
        var run = await system.FinishedRunAsync();

        var models = await system.GetAsync("models?top=100");
        await PromoteAsync(run.Id, "model3");
        var champion = await system.GetAsync("models/champion");

        Assert.Superset(
            new HashSet<string?> { $"{run.Id}/model1/seed-1", $"{run.Id}/model3/seed-1" },
            models.GetProperty("items").EnumerateArray().Select(model => model.GetProperty("id").GetString()).ToHashSet());
        Assert.Equal($"{run.Id}/model3/seed-1", champion.GetProperty("id").GetString());
        await system.SendAsync(HttpMethod.Put, "models/champion", ServedSystem.Json("""{"runId": "none", "model": "model1"}"""), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Post_OneImageInEachFormat_GivesTheSameLabel()
    {
        var run = await system.FinishedRunAsync();
        await PromoteAsync(run.Id, "model1");

        var png = await PostAsync(new ByteArrayContent(Images.Png), "image/png");
        var csv = await PostAsync(new StringContent(Images.Csv(2)), "text/csv");
        var json = await PostAsync(
            new StringContent($$"""{"images": [{"id": "grey 1", "pixels": [{{string.Join(',', Enumerable.Repeat(1, 784))}}]}]}"""), "application/json");

        Assert.Equal($"{run.Id}/model1/seed-1", Assert.Single(png).GetProperty("model").GetString());
        Assert.Equal(5, png[0].GetProperty("probabilities").GetArrayLength());
        Assert.Equal(["0", "1"], csv.Select(item => item.GetProperty("id").GetString()));
        Assert.Equal("grey 1", json[0].GetProperty("id").GetString());
        // The same image as row and as JSON.
        Assert.Equal(csv[1].GetProperty("probabilities").ToString(), json[0].GetProperty("probabilities").ToString());
    }

    [Fact]
    public async Task Upload_Png_IsPredictedAsOverHttp()
    {
        var run = await system.FinishedRunAsync();
        await PromoteAsync(run.Id, "model1");
        var expected = await PostAsync(new ByteArrayContent(Images.Png), "image/png");
        var name = Name("png");

        var waited = Stopwatch.StartNew();
        await system.UploadAsync(name, BinaryData.FromBytes(Images.Png));
        var summary = JsonDocument.Parse(await system.WaitForBlobAsync("predictions", name + ".summary.json")).RootElement;
        TestContext.Current.SendDiagnosticMessage("Upload to result: {0:0.0} s", waited.Elapsed.TotalSeconds);

        var rows = (await system.FindBlobAsync("predictions", name + ".csv"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Id,Label,P0,P1,P2,P3,P4", rows[0]);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{name},{expected[0].GetProperty("label").GetInt32()},"), Assert.Single(rows[1..]), StringComparison.Ordinal);
        Assert.Equal(1, summary.GetProperty("count").GetInt32());
        Assert.Equal($"{run.Id}/model1/seed-1", summary.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Upload_OriginalImages_GetTheLabelsOfTheReportsSubmission()
    {
        var run = await system.FinishedRunAsync();
        await PromoteAsync(run.Id, "model1");
        // The first 10,000 images of the original training file are the competition's test set, in its order.
        var original = await system.Blobs.GetBlobContainerClient("datasets").GetBlobClient("fashion-mnist/train-images-idx3-ubyte.gz").DownloadContentAsync(Cancellation);
        var name = Name("gz");

        await system.UploadAsync(name, original.Value.Content);
        var summary = JsonDocument.Parse(await system.WaitForBlobAsync("predictions", name + ".summary.json")).RootElement;

        Assert.Equal(60_000, summary.GetProperty("count").GetInt32());
        var predicted = Labels((await system.FindBlobAsync("predictions", name + ".csv"))!);
        var submitted = Labels(await system.Http.GetStringAsync($"comparisons/{run.Id}/report/submission-model1.csv", Cancellation));
        Assert.Equal(1000, submitted.Count);
        Assert.All(submitted, row => Assert.Equal(row.Value, predicted[row.Key]));
    }

    [Fact]
    public async Task Upload_Unusable_GivesTheReasonAndIsKept()
    {
        await system.FinishedRunAsync();
        var name = Name("csv");
        var broken = Images.Csv(2).Replace("\n1,1,", "\n1,x,", StringComparison.Ordinal);

        await system.UploadAsync(name, BinaryData.FromString(broken));
        var error = JsonDocument.Parse(await system.WaitForBlobAsync("predictions", name + ".error.json")).RootElement;

        Assert.Contains("line 3, column '0'", error.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Null(await system.FindBlobAsync("predictions", name + ".csv"));
        Assert.Equal(broken, await system.FindBlobAsync("incoming", name));
    }

    [Fact]
    public async Task Upload_Replaced_GivesTheResultOfTheLastVersion()
    {
        await system.FinishedRunAsync();
        var name = Name("csv");

        await system.UploadAsync(name, BinaryData.FromString("not yet a file of images"));
        await system.WaitForBlobAsync("predictions", name + ".error.json");
        await system.UploadAsync(name, BinaryData.FromString(Images.Csv(2)));
        await system.WaitForBlobAsync("predictions", name + ".summary.json");

        Assert.Equal(2, Labels((await system.FindBlobAsync("predictions", name + ".csv"))!).Count);
    }

    private static string Name(string extension) => $"{Guid.NewGuid():N}.{extension}";

    private static Dictionary<string, string> Labels(string csv) =>
        csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')).ToDictionary(fields => fields[0], fields => fields[1]);

    private Task<JsonElement> PromoteAsync(string runId, string model) =>
        system.SendAsync(HttpMethod.Put, "models/champion", ServedSystem.Json($$"""{"runId": "{{runId}}", "model": "{{model}}"}"""), HttpStatusCode.OK);

    private async Task<List<JsonElement>> PostAsync(HttpContent content, string type)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return [.. (await system.SendAsync(HttpMethod.Post, "predictions", content, HttpStatusCode.OK)).GetProperty("predictions").EnumerateArray()];
    }
}
