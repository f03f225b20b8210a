using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ServerlessFashion.EndToEnd;

/// <summary>A made-up set of coloured discs, from its registration to predictions at every door.</summary>
public sealed class OtherDatasetTests(ServedSystem system)
{
    private const string Name = "discs";

    /// <summary>The same images under another name, so that the champion of the first set stays what its test expects.</summary>
    private const string Folded = "folded";

    private const int Side = 32;
    private const int Bytes = Side * Side * 3;
    private const int Images = 600;

    private static readonly string[] Classes = ["red", "green", "blue"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Comparison_OfAColourSet_TrainsReportsAndPredictsAtEveryDoor()
    {
        system.Require();
        Assert.SkipUnless(system.IsOurs, "Needs the command line beside the server.");
        await RegisterAsync();

        var id = await system.StartRunAsync(
            """{"dataset": "discs", "preset": "smoke", "models": ["model1"], "epochs": {"model1": 3}}""");
        var run = await system.WaitForStatusAsync(id, "completed");

        // Nothing but the colour tells the classes apart, so the channels arrive where the network looks for them.
        var report = await system.GetAsync($"comparisons/{id}/report/report.json");
        Assert.InRange(report.GetProperty("models")[0].GetProperty("test").GetProperty("accuracy").GetDouble(), .9, 1);
        Assert.Equal(Classes, report.GetProperty("labelNames").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("completed", run.GetProperty("status").GetString());

        var image = Draw(label: 2, seed: 99);
        var body = $$"""{"images": [{"id": "x", "pixels": [{{string.Join(',', image)}}]}]}""";
        var answer = await system.SendAsync(HttpMethod.Post, $"predictions?dataset={Name}", ServedSystem.Json(body), HttpStatusCode.OK);
        var predicted = answer.GetProperty("predictions")[0];
        Assert.Equal("blue", predicted.GetProperty("labelName").GetString());
        Assert.Equal($"{id}/model1/seed-1", predicted.GetProperty("model").GetString());

        var csv = $"Id,{string.Join(',', Enumerable.Range(0, Bytes))}\nx,{string.Join(',', image)}\n";
        await system.UploadAsync($"{Name}/one.csv", BinaryData.FromString(csv));
        var summary = JsonDocument.Parse(await system.WaitForBlobAsync("predictions", $"{Name}/one.csv.summary.json")).RootElement;
        Assert.Equal(1, summary.GetProperty("labelCounts")[2].GetProperty("count").GetInt32());

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, csv, Cancellation);
            var command = await FashionClient.RunOnAsync(system.Storage, "predict", file, "--dataset", Name);
            Assert.StartsWith("x,2,", command.Output.Split('\n')[1], StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>500 images in three folds beside 100 test images.</summary>
    [Fact]
    public async Task Comparison_InFoldsWithClassWeights_TrainsOncePerFold()
    {
        system.Require();
        await RegisterAsync(Folded);

        var id = await system.StartRunAsync(
            """
            {"dataset": "folded", "preset": "smoke", "models": ["model1"], "epochs": {"model1": 1}, "folds": 3, "classWeights": true}
            """);
        await system.WaitForStatusAsync(id, "completed");

        var report = await system.GetAsync($"comparisons/{id}/report/report.json");
        var configuration = report.GetProperty("configuration");
        Assert.Equal((3, true), (configuration.GetProperty("folds").GetInt32(), configuration.GetProperty("classWeights").GetBoolean()));
        var models = report.GetProperty("models").EnumerateArray().ToList();
        Assert.Equal([1, 2, 3], models.Select(model => model.GetProperty("seed").GetInt32()));
        var rank = report.GetProperty("comparison").GetProperty("ranking")[0];
        Assert.Equal(
            models.Average(model => model.GetProperty("validation").GetProperty("accuracy").GetDouble()),
            rank.GetProperty("meanValidationAccuracy").GetDouble(), 1e-9);
        var text = await system.Http.GetStringAsync($"comparisons/{id}/report/report.md", Cancellation);
        Assert.Contains("Bengio and Grandvalet", text, StringComparison.Ordinal);

        var split = JsonDocument.Parse(await system.WaitForBlobAsync("runs", $"{id}/split.json")).RootElement;
        var folds = split.GetProperty("folds").EnumerateArray().Select(Rows).ToList();
        Assert.Equal([167, 167, 166], folds.Select(fold => fold.Length));
        // Disjoint, and complete with the test images.
        Assert.Equal(Enumerable.Range(0, Images), folds.SelectMany(fold => fold).Concat(Rows(split.GetProperty("test"))).Order());

        static int[] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.GetInt32())];
    }

    [Fact]
    public async Task Comparison_FoldsWithSeeds_IsRefusedBeforeItIsAccepted()
    {
        system.Require();
        await RegisterAsync(Folded);

        var problem = await system.SendAsync(
            HttpMethod.Post, "comparisons", ServedSystem.Json("""{"dataset": "folded", "folds": 20, "preset": "smoke", "seeds": 2}"""),
            HttpStatusCode.BadRequest);

        Assert.Equal("#/folds", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Comparison_OfAnUnknownSet_SuggestsTheNearest()
    {
        system.Require();

        var problem = await system.SendAsync(
            HttpMethod.Post, "comparisons", ServedSystem.Json("""{"dataset": "fashion-mnits"}"""), HttpStatusCode.BadRequest);

        Assert.Contains("did you mean fashion-mnist?", problem.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Writes the set in the form that is stored: raw pixels, one byte for each label, and the description last.</summary>
    private async Task RegisterAsync(string name = Name)
    {
        var datasets = system.Blobs.GetBlobContainerClient("datasets");
        byte[] labels = [.. Enumerable.Range(0, Images).Select(i => (byte)(i % Classes.Length))];
        byte[] pixels = [.. labels.SelectMany((label, i) => Draw(label, i))];
        await datasets.GetBlobClient($"{name}/train/images-00000.bin").UploadAsync(BinaryData.FromBytes(pixels), true, Cancellation);
        await datasets.GetBlobClient($"{name}/train/labels.bin").UploadAsync(BinaryData.FromBytes(labels), true, Cancellation);
        var description = string.Create(CultureInfo.InvariantCulture, $$"""
            {"name": "{{name}}", "side": {{Side}}, "channels": 3, "classes": ["red", "green", "blue"],
            "trainPerClass": [200, 200, 200], "testPerClass": [], "trainCount": {{Images}}, "testCount": 0,
            "sha256": "{{new string('c', 64)}}",
            "preparation": {"medianWidth": 32, "medianHeight": 32, "isGrey": false, "resampling": "area", "lightOnDark": null},
            "findings": [], "createdAt": "2026-01-01T00:00:00+00:00"}
            """);
        await datasets.GetBlobClient($"{name}/dataset.json").UploadAsync(BinaryData.FromString(description), true, Cancellation);
    }

    /// <summary>A disc of one colour at a random place on a dark noisy ground.</summary>
    private static byte[] Draw(int label, int seed)
    {
        var random = new Random(seed);
        var image = new byte[Bytes];
        random.NextBytes(image);
        var radius = random.Next(5, 9);
        var (left, top) = (random.Next(radius, Side - radius), random.Next(radius, Side - radius));
        for (var i = 0; i < Bytes; i++)
        {
            var (x, y) = ((i / 3 % Side) - left, (i / 3 / Side) - top);
            image[i] = i % 3 == label && (x * x) + (y * y) <= radius * radius ? (byte)220 : (byte)(image[i] / 5);
        }

        return image;
    }
}
