using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using ServerlessFashion.Tests;

namespace ServerlessFashion.EndToEnd;

/// <summary>A made-up set of coloured discs at every door: import, run, report, export, and predictions by each way.</summary>
public sealed class OtherDatasetTests(ServedSystem system, ColourRun colours) : IClassFixture<ColourRun>, IDisposable
{
    private const string Name = ColourRun.Name;
    private const int Side = ColourDiscs.Side;
    private const int Blue = 0;
    private const int Red = 2;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_ZipOfPictures_DescribesTheSet()
    {
        var (set, _) = await colours.GetAsync();

        var listed = (await system.GetAsync("datasets")).GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("name").GetString() == Name);
        Assert.True(JsonElement.DeepEquals(set, listed), $"{listed}");
        Assert.Equal(
            (Side, 3, 3 * ColourRun.PerClass, 0),
            (Number(set, "side"), Number(set, "channels"), Number(set, "trainCount"), Number(set, "testCount")));
        Assert.Equal(ColourDiscs.Classes, Texts(set.GetProperty("classes")));
    }

    [Fact]
    public async Task Run_OfTheSet_LearnsTheColoursAndNamesThem()
    {
        var (set, run) = await colours.GetAsync();
        var id = run.GetProperty("id").GetString();

        var report = await system.GetAsync($"comparisons/{id}/report/report.json");
        Assert.InRange(report.GetProperty("models")[0].GetProperty("test").GetProperty("accuracy").GetDouble(), .9, 1);
        Assert.Equal(ColourDiscs.Classes, Texts(report.GetProperty("labelNames")));
        Assert.True(JsonElement.DeepEquals(set, run.GetProperty("dataset")), $"{run}");
        var page = await system.Http.GetStringAsync($"comparisons/{id}/report/index.html", Cancellation);
        Assert.Contains("green disc", page, StringComparison.Ordinal);
        Assert.DoesNotContain("quintile", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Predictions_OverHttp_NameTheClassOfAPhoto()
    {
        var (_, run) = await colours.GetAsync();
        using var photo = new ByteArrayContent(ColourDiscs.Png(Red, seed: 5, width: 70, height: 50));
        photo.Headers.ContentType = new MediaTypeHeaderValue("image/png");

        var answer = await system.SendAsync(HttpMethod.Post, $"predictions?dataset={Name}", photo, HttpStatusCode.OK);

        var predicted = answer.GetProperty("predictions")[0];
        Assert.Equal("red disc", predicted.GetProperty("labelName").GetString());
        Assert.Equal($"{run.GetProperty("id").GetString()}/model1/seed-1", predicted.GetProperty("model").GetString());
    }

    /// <summary>Photos of several sizes, so that each side prepares them itself.</summary>
    [Theory]
    [InlineData("--dataset")]
    [InlineData("--model")]
    public async Task Predict_AtTheServer_GivesTheRowsOfALocalPrediction(string option)
    {
        var (_, run) = await colours.GetAsync();
        var value = option == "--dataset" ? Name : $"{run.GetProperty("id").GetString()}/model1";
        var photos = _folder.File("photos");
        foreach (var i in Enumerable.Range(0, 30))
        {
            Directory.CreateDirectory(photos);
            var picture = ColourDiscs.Png(i % 3, seed: 900 + i, width: 20 + i, height: 60 - i);
            await File.WriteAllBytesAsync(Path.Combine(photos, $"{i:00}.png"), picture, Cancellation);
        }

        var remote = await AtServerAsync("predict", photos, option, value);
        var local = await FashionClient.RunOnAsync(system.Storage, "predict", photos, option, value);

        Assert.Equal((0, local.Output), (local.ExitCode, remote.Output));
        var labels = remote.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(row => row.Split(',')[1]).ToList();
        Assert.InRange(labels.Index().Count(row => row.Item == $"{row.Index % 3}"), 27, 30);
    }

    [Fact]
    public async Task Upload_ForTheSet_GivesTheRowsOfItsChampion()
    {
        await colours.GetAsync();
        var photo = _folder.File("red one.png");
        await File.WriteAllBytesAsync(photo, ColourDiscs.Png(Red, seed: 6, width: 64, height: 64), Cancellation);

        var remote = await AtServerAsync("upload", photo, "--dataset", Name, "--output", _folder.File("remote.csv"), "--json");
        var local = await FashionClient.RunOnAsync(
            system.Storage, "upload", photo, "--dataset", Name, "--output", _folder.File("local.csv"));
        await AtServerAsync("predict", photo, "--dataset", Name, "--output", _folder.File("predicted.csv"));

        var result = JsonDocument.Parse(remote.Output).RootElement;
        Assert.Equal((Name, "red one.png"), (result.GetProperty("dataset").GetString(), result.GetProperty("name").GetString()));
        Assert.Equal("red disc", result.GetProperty("summary").GetProperty("labelCounts")[Red].GetProperty("name").GetString());
        Assert.Equal(1, result.GetProperty("summary").GetProperty("labelCounts")[Red].GetProperty("count").GetInt32());
        Assert.Contains("red disc: 1", local.Output, StringComparison.Ordinal);
        var rows = await File.ReadAllTextAsync(_folder.File("remote.csv"), Cancellation);
        Assert.Equal(await File.ReadAllTextAsync(_folder.File("local.csv"), Cancellation), rows);
        Assert.Equal(RowsOf(await File.ReadAllTextAsync(_folder.File("predicted.csv"), Cancellation)), RowsOf(rows));
    }

    [Fact]
    public async Task Blob_InTheFolderOfTheSet_IsPredicted()
    {
        await colours.GetAsync();

        await system.UploadAsync($"{Name}/one.png", BinaryData.FromBytes(ColourDiscs.Png(Blue, seed: 7)));

        var summary = JsonDocument.Parse(await system.WaitForBlobAsync("predictions", $"{Name}/one.png.summary.json")).RootElement;
        Assert.Equal(1, summary.GetProperty("labelCounts")[Blue].GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Upload_ForAnUnknownSet_IsRefused()
    {
        await colours.GetAsync();
        var photo = _folder.File("photo.png");
        await File.WriteAllBytesAsync(photo, ColourDiscs.Png(Red, seed: 6), Cancellation);

        var refused = await FashionClient.RunAtAsync(system.Http.BaseAddress!, "upload", photo, "--dataset", "disks");

        Assert.Equal(
            (2, "fashion: dataset: no data set 'disks' is registered; did you mean discs?\n"), (refused.ExitCode, refused.Error));
        Assert.Null(await system.FindBlobAsync("incoming", "disks/photo.png"));
    }

    /// <summary>ONNX Runtime gets the values of the pictures as SkiaSharp drew them, in the layout of docs/prediction.md.</summary>
    [Fact]
    public async Task Export_ChampionOfTheSet_GivesTheProbabilitiesOfThePredictions()
    {
        await colours.GetAsync();
        await AtServerAsync("export", "champion", "--dataset", Name, "--output", _folder.File("model"));
        using var session = new InferenceSession(_folder.File("model/model.onnx"));

        foreach (var label in new[] { 0, 1, 2 })
        {
            await File.WriteAllBytesAsync(_folder.File("one.png"), ColourDiscs.Png(label, seed: 70 + label), Cancellation);
            var row = (await AtServerAsync("predict", _folder.File("one.png"), "--dataset", Name)).Output.Split('\n')[1].Split(',');

            var shares = Run(session, ColourDiscs.Values(label, seed: 70 + label));

            Assert.Equal(row[1], $"{shares.IndexOf(shares.Max())}");
            Assert.All(shares.Zip(row[2..]), pair => Assert.Equal(
                double.Parse(pair.Second, CultureInfo.InvariantCulture), pair.First, tolerance: 1e-5));
        }

        var card = await File.ReadAllTextAsync(_folder.File("model/MODEL_CARD.md"), Cancellation);
        Assert.All(ColourDiscs.Classes, name => Assert.Contains(name, card, StringComparison.Ordinal));
    }

    /// <summary>Both hosts look for sources in the container: <c>fashion serve</c> and the blob trigger of the Functions app.</summary>
    [Fact]
    public async Task Source_PutIntoTheContainer_BecomesASet()
    {
        system.Require();
        var datasets = system.Blobs.GetBlobContainerClient("datasets");
        await datasets.GetBlobClient("sent/source.zip").UploadAsync(BinaryData.FromBytes(ColourDiscs.Zip(perClass: 2)), true, Cancellation);

        var set = JsonDocument.Parse(await system.WaitForBlobAsync("datasets", "sent/dataset.json")).RootElement;

        Assert.Equal(ColourDiscs.Classes, Texts(set.GetProperty("classes")));
        Assert.Equal(6, Number(await system.GetAsync("datasets/sent"), "trainCount"));
        Assert.False(await datasets.GetBlobClient("sent/source.zip").ExistsAsync(Cancellation));
        using var removed = await system.Http.DeleteAsync("datasets/sent", Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }

    [Fact]
    public async Task Comparison_OfAnUnknownSet_SuggestsTheNearest()
    {
        system.Require();

        var problem = await system.SendAsync(
            HttpMethod.Post, "comparisons", ServedSystem.Json("""{"dataset": "fashion-mnits"}"""), HttpStatusCode.BadRequest);

        Assert.Contains("did you mean fashion-mnist?", problem.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The probabilities of one image: value / 255, the channels behind each other.</summary>
    private static List<float> Run(InferenceSession session, byte[] values)
    {
        var input = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            input[((i % 3) * Side * Side) + (i / 3)] = values[i] / 255f;
        }

        using var tensor = OrtValue.CreateTensorValueFromMemory(input, [1, 3, Side, Side]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["images"], [tensor], ["probabilities"]);
        return [.. outputs[0].GetTensorDataAsSpan<float>()];
    }

    private async Task<CommandResult> AtServerAsync(params string[] arguments)
    {
        var result = await FashionClient.RunAtAsync(system.Http.BaseAddress!, arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result}");
        return result;
    }

    /// <summary>The rows without their ids, which are paths for a command and the name of the file for an upload.</summary>
    private static IEnumerable<string> RowsOf(string csv) => csv.Split('\n').Select(row => row[(row.IndexOf(',') + 1)..]);

    private static int Number(JsonElement document, string name) => document.GetProperty(name).GetInt32();

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString());
}
