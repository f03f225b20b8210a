using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Predictions;
using ServerlessFashion.Registry;

namespace ServerlessFashion.Client.Tests;

public sealed class RemoteClassifierTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>16 images of 512 x 512 x 3 bytes have 12 MiB; a server reads at most 16 MiB.</summary>
    [Fact]
    public async Task Classify_LargeColourImages_SendsPartsThatAServerReads()
    {
        using var server = new FakeServer().AnswerJson(Answer(16)).AnswerJson(Answer(4));
        using var classifier = new RemoteClassifier(server.Connect(), Version("pets"), Pets(512, channels: 3));

        var predicted = await classifier.ClassifyAsync(new byte[20 * 512 * 512 * 3], 20, Cancellation);

        Assert.Equal((20, 1), (predicted.Count, predicted.Labels[19]));
        Assert.Equal([.25f, .75f], predicted.ProbabilitiesOf(19));
        Assert.Equal(["POST /api/predictions?model=run%2Fmodel1%2Fseed-1"], server.Requests.Select(sent => sent.Line).Distinct());
        Assert.Equal(
            [Header('\u0010'), Header('\u0004')], server.Requests.Select(sent => sent.Body[..20]));
        Assert.Equal([20 + (12 << 20), 20 + (3 << 20)], server.Requests.Select(sent => sent.Body.Length));
    }

    [Fact]
    public async Task Classify_GreyImages_SendsThemWithThreeAxesAndNamesTheClasses()
    {
        using var server = new FakeServer().AnswerJson(Answer(1));
        using var classifier = new RemoteClassifier(server.Connect(), Version("pets"), Pets(2, channels: 1));

        await classifier.ClassifyAsync("abcd"u8.ToArray(), 1, Cancellation);

        Assert.Equal(["cat", "dog"], classifier.LabelNames);
        Assert.Equal("\0\0\b\u0003\0\0\0\u0001\0\0\0\u0002\0\0\0\u0002abcd", Assert.Single(server.Requests).Body);
    }

    [Fact]
    public async Task Classify_ServerKnowsTheGarments_KeepsThem()
    {
        using var server = new FakeServer().AnswerJson(
            """
            {
              "model": "run/model1/seed-1", "warnings": [],
              "predictions": [{
                "id": "0", "label": 1, "labelName": "dog", "probabilities": [0.25, 0.75], "model": "run/model1/seed-1",
                "garment": {"name": "Ankle boot", "probability": 0.5}
              }]
            }
            """);
        using var classifier = new RemoteClassifier(server.Connect(), Version("pets"), Pets(2, channels: 1));

        var predicted = await classifier.ClassifyAsync("abcd"u8.ToArray(), 1, Cancellation);

        Assert.Equal(new GarmentPrediction("Ankle boot", .5f), Assert.Single(predicted.Garments!));
    }

    /// <summary>IDX: unsigned bytes, four axes, and their sizes: images, 512, 512 and 3.</summary>
    private static string Header(char images) => $"\0\0\b\u0004\0\0\0{images}\0\0\u0002\0\0\0\u0002\0\0\0\0\u0003";

    private static string Answer(int images)
    {
        var predictions = Enumerable.Range(0, images).Select(i => new
        {
            id = $"{i}",
            label = 1,
            labelName = "dog",
            probabilities = new[] { .25, .75 },
            model = "run/model1/seed-1",
        });
        return JsonSerializer.Serialize(new { model = "run/model1/seed-1", predictions, warnings = Array.Empty<string>() });
    }

    private static ModelVersion Version(string dataset) => new()
    {
        RunId = "run",
        Model = "model1",
        Seed = 1,
        RegisteredAt = DateTimeOffset.UnixEpoch,
        Dataset = dataset,
        Labels = LabelScheme.Classes,
        Split = DatasetSplit.HeldOut,
        TestImages = 1,
        ValidationAccuracy = 1,
        TestAccuracy = 1,
        TestMacroF1 = 1,
        Parameters = 1,
        SideInformation = false,
        DataSha256 = "",
        OnnxBlob = "",
        OnnxBytes = 1,
        OnnxSha256 = "",
    };

    private static DatasetDescription Pets(int side, int channels) => new()
    {
        Name = "pets",
        Side = side,
        Channels = channels,
        Classes = ["cat", "dog"],
        TrainPerClass = [4, 2],
        TestPerClass = [],
        TrainCount = 6,
        TestCount = 0,
        Sha256 = "",
        Preparation = new ImagePreparation(side, side, channels == 1, Resampling.Area),
        Findings = [],
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
