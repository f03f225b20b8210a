using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Tests;
using static ServerlessFashion.Prediction.Tests.Uploads.UploadWorld;

namespace ServerlessFashion.Prediction.Tests.Uploads;

public sealed class IncomingPredictorTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_GoodFile_LeavesRowsAndSummary()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("folder/a.csv", Csv(("7", 255), ("8", 0)));

        var record = await world.Predictor.PredictAsync(blob, Cancellation);

        Assert.Equal((PredictionStatus.Predicted, 2L, "run/tiny"), (record.Status, record.Count, record.Model));
        // softmax(1, 7.84) and softmax(1, 0).
        Assert.Equal("Id,Label,P0,P1\n7,1,0.001069,0.998931\n8,0,0.731059,0.268941\n", await world.TextAsync("folder/a.csv.csv"));
        var summary = JsonDocument.Parse((await world.TextAsync("folder/a.csv.summary.json"))!).RootElement;
        Assert.Equal(2, summary.GetProperty("count").GetInt32());
        Assert.Equal("run/tiny", summary.GetProperty("model").GetString());
        Assert.Equal([1, 1], summary.GetProperty("labelCounts").EnumerateArray().Select(item => item.GetProperty("count").GetInt32()));
        Assert.True(summary.GetProperty("seconds").GetDouble() >= 0);
        var warning = Assert.Single(summary.GetProperty("warnings").EnumerateArray()).GetString();
        Assert.StartsWith("1 of 2 images seems to show a dark garment on a light background", warning, StringComparison.Ordinal);
        Assert.Equal(blob.Version, summary.GetProperty("etag").GetString());
    }

    /// <summary>A champion still predicts after its data set was removed.</summary>
    [Fact]
    public async Task Predict_FolderOfADatasetWithAChampion_AsksThatChampion()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time, champion: false);
        await world.AddChampionOfAsync("pets");

        var ofSet = await world.Predictor.PredictAsync(await world.UploadAsync("pets/deep/a.csv", Csv(("7", 255))), Cancellation);
        var other = await world.Predictor.PredictAsync(await world.UploadAsync("pet/a.csv", Csv(("7", 255))), Cancellation);

        Assert.Equal(PredictionStatus.Predicted, ofSet.Status);
        Assert.StartsWith("pet/a.csv: there is no champion to predict with", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_FolderOfARegisteredDatasetWithoutChampion_SaysWhoseChampionIsMissing()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        await StoredShapeSet.RegisterAsync(world.Storage, ShapeSet.Discs, train: 3, test: 0, Cancellation);

        var record = await world.Predictor.PredictAsync(await world.UploadAsync("discs/a.csv", Csv(("7", 255))), Cancellation);

        Assert.Equal(
            "discs/a.csv: there is no champion of discs to predict with; run a comparison or promote a model, then upload the file again.",
            record.Error);
    }

    [Fact]
    public async Task Predict_VersionFromTheListing_IsTheVersionOfTheBlob()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        await world.UploadAsync("a", Csv(("7", 255)));
        await foreach (var item in world.Incoming.GetBlobsAsync(cancellationToken: Cancellation))
        {
            var record = await world.Predictor.PredictAsync(new IncomingBlob(item.Name, item.Properties.ETag!.Value), Cancellation);

            Assert.Equal(PredictionStatus.Predicted, record.Status);
        }
    }

    [Fact]
    public async Task Predict_SameVersionTwice_GivesOneResult()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", Csv(("7", 255)));
        await world.Predictor.PredictAsync(blob, Cancellation);
        await world.Predictions.GetBlobClient("a.csv").DeleteAsync(cancellationToken: Cancellation);

        var again = await world.Predictor.PredictAsync(blob, Cancellation);

        Assert.Equal((PredictionStatus.Predicted, 1), (again.Status, again.Attempts));
        Assert.Null(await world.TextAsync("a.csv"));
    }

    [Fact]
    public async Task Predict_SameVersionManyTimesAtOnce_LeavesOneWholeResult()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", Csv(("7", 255)));

        var records = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Predictor.PredictAsync(blob, Cancellation)));

        Assert.All(records, record => Assert.Equal(PredictionStatus.Predicted, record.Status));
        Assert.Equal("Id,Label,P0,P1\n7,1,0.001069,0.998931\n", await world.TextAsync("a.csv"));
    }

    [Fact]
    public async Task Predict_BadFile_LeavesTheReasonAndTheUpload()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", Csv(("7", 255)).Replace("\n7,255,", "\n7,256,", StringComparison.Ordinal));

        var record = await world.Predictor.PredictAsync(blob, Cancellation);

        Assert.Equal(PredictionStatus.Failed, record.Status);
        var error = JsonDocument.Parse((await world.TextAsync("a.error.json"))!).RootElement.GetProperty("error").GetString();
        Assert.Equal(
            "a: line 2, column '0': expected a whole number from 0 to 255, found '256'; if the values have 16 bits, divide them by 257 "
            + "and round them.",
            error);
        Assert.Null(await world.TextAsync("a.csv"));
        Assert.True(await world.Incoming.GetBlobClient("a").ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task Predict_NoChampion_SaysWhatToDo()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time, champion: false);
        var blob = await world.UploadAsync("a", Csv(("7", 255)));

        await world.Predictor.PredictAsync(blob, Cancellation);

        Assert.Contains("there is no champion", await world.TextAsync("a.error.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_StoppedAgainAndAgain_IsNotGivenUp()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", Csv(("7", 0)));
        for (var stop = 0; stop < IncomingPredictor.MostAttempts; stop++)
        {
            using var stopped = new CancellationTokenSource();
            var predictor = world.PredictorAt(new HookedTime(_ => stopped.CancelAsync()));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => predictor.PredictAsync(blob, stopped.Token));
        }

        Assert.Equal(PredictionStatus.Predicted, (await world.Predictor.PredictAsync(blob, Cancellation)).Status);
    }

    /// <summary>The reader of ZIPs looks for the end of the directory before the beginning of so short a file.</summary>
    [Fact]
    public async Task Predict_NothingButTheMarkOfAZip_SaysAtOnceWhatIsWrong()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);

        await world.Predictor.PredictAsync(await world.UploadAsync("a", "PK\u0003\u0004"), Cancellation);

        Assert.Contains("a: the packed data is damaged or cut off", await world.TextAsync("a.error.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_BegunFiveTimesWithoutEnd_GivesUp()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", Csv(("7", 0)));
        // What a process that dies in the middle leaves behind.
        var started = new PredictionRecord(
            "a", "", PredictionStatus.Started, IncomingPredictor.MostAttempts, _time.GetUtcNow(), null, null, null);
        await new PredictionLog(world.Storage).PutAsync(blob, started, Cancellation);

        await world.Predictor.PredictAsync(blob, Cancellation);

        Assert.Contains("was begun 5 times and never came to an end", await world.TextAsync("a.error.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fail_VersionWithoutOutcome_LeavesTheReason()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", Csv(("7", 0)));

        await world.Predictor.FailAsync(blob, "the trigger gave up", Cancellation);

        Assert.Contains("the trigger gave up", await world.TextAsync("a.error.json"), StringComparison.Ordinal);
        Assert.Equal(PredictionStatus.Failed, (await world.Predictor.PredictAsync(blob, Cancellation)).Status);
    }

    [Fact]
    public async Task Predict_LongestName_StillLeavesItsResult()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var name = new string('n', 1020);

        Assert.Equal(PredictionStatus.Predicted,
            (await world.Predictor.PredictAsync(await world.UploadAsync(name, Csv(("7", 0))), Cancellation)).Status);
    }
}
