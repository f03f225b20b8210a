using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Tests;
using static ServerlessFashion.Prediction.Tests.Uploads.UploadWorld;

namespace ServerlessFashion.Prediction.Tests.Uploads;

/// <summary>What becomes of a version's results when another version comes before, between or after.</summary>
public sealed class PredictionResultsTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_GoodVersionAfterABadOne_TakesTheErrorAway()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        await world.Predictor.PredictAsync(await world.UploadAsync("a", "nonsense"), Cancellation);

        await world.Predictor.PredictAsync(await world.UploadAsync("a", Csv(("7", 255))), Cancellation);

        Assert.Null(await world.TextAsync("a.error.json"));
        Assert.NotNull(await world.TextAsync("a.csv"));
    }

    [Fact]
    public async Task Predict_BadVersionAfterAGoodOne_TakesTheRowsAway()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        await world.Predictor.PredictAsync(await world.UploadAsync("a", Csv(("7", 255))), Cancellation);

        await world.Predictor.PredictAsync(await world.UploadAsync("a", "nonsense"), Cancellation);

        Assert.NotNull(await world.TextAsync("a.error.json"));
        Assert.Null(await world.TextAsync("a.csv"));
        Assert.Null(await world.TextAsync("a.summary.json"));
    }

    [Fact]
    public async Task Predict_OlderVersionThanTheBlob_LeavesNothing()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var old = await world.UploadAsync("a", Csv(("old", 0)));
        var current = await world.UploadAsync("a", Csv(("new", 0)));
        await world.Predictor.PredictAsync(current, Cancellation);

        var record = await world.Predictor.PredictAsync(old, Cancellation);

        Assert.Equal(PredictionStatus.Replaced, record.Status);
        Assert.StartsWith("Id,Label,P0,P1\nnew,", await world.TextAsync("a.csv"), StringComparison.Ordinal);
        Assert.Null(await world.TextAsync("a.error.json"));
    }

    [Fact]
    public async Task Predict_ReplacedWhileBeingRead_LeavesNothing()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", Csv(("old", 0)));
        // The clock is read once the upload has been opened and before its first byte is.
        var slow = world.PredictorAt(new HookedTime(call => call == 1 ? world.UploadAsync("a", Csv(("new", 0))) : Task.CompletedTask));

        var record = await slow.PredictAsync(blob, Cancellation);

        Assert.Equal(PredictionStatus.Replaced, record.Status);
        Assert.Null(await world.TextAsync("a.csv"));
        Assert.Null(await world.TextAsync("a.error.json"));
    }

    [Fact]
    public async Task Predict_NewerVersionFinishesFirst_KeepsTheNewerRows()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", Csv(("old", 0)));
        // The clock is read again when the last row of the old version has been predicted.
        var slow = world.PredictorAt(new HookedTime(async call =>
        {
            if (call == 2)
            {
                await world.Predictor.PredictAsync(await world.UploadAsync("a", Csv(("new", 0))), Cancellation);
            }
        }));

        var record = await slow.PredictAsync(blob, Cancellation);

        Assert.Equal(PredictionStatus.Replaced, record.Status);
        Assert.StartsWith("Id,Label,P0,P1\nnew,", await world.TextAsync("a.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_NewerVersionFinishesBeforeTheSummary_KeepsTheNewerSummary()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", Csv(("old", 0)));
        IncomingBlob? newer = null;
        var slow = world.PredictorBeforeWriting("a.summary.json",
            async () => await world.Predictor.PredictAsync(newer = await world.UploadAsync("a", Csv(("new", 0))), Cancellation));

        var record = await slow.PredictAsync(blob, Cancellation);

        Assert.Equal(PredictionStatus.Replaced, record.Status);
        Assert.StartsWith("Id,Label,P0,P1\nnew,", await world.TextAsync("a.csv"), StringComparison.Ordinal);
        Assert.Equal(
            newer!.Version, JsonDocument.Parse((await world.TextAsync("a.summary.json"))!).RootElement.GetProperty("etag").GetString());
    }

    [Fact]
    public async Task Predict_NewerVersionFailsBeforeTheRows_LeavesTheReasonAlone()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", Csv(("old", 0)));
        var slow = world.PredictorBeforeWriting(
            "a.csv", async () => await world.Predictor.PredictAsync(await world.UploadAsync("a", "nonsense"), Cancellation));

        var record = await slow.PredictAsync(blob, Cancellation);

        Assert.Equal(PredictionStatus.Replaced, record.Status);
        Assert.NotNull(await world.TextAsync("a.error.json"));
        Assert.Null(await world.TextAsync("a.csv"));
        Assert.Null(await world.TextAsync("a.summary.json"));
    }

    [Fact]
    public async Task Predict_NewerVersionFinishesBeforeTheReason_KeepsItsRows()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", "nonsense");
        var slow = world.PredictorBeforeWriting(
            "a.", async () => await world.Predictor.PredictAsync(await world.UploadAsync("a", Csv(("new", 0))), Cancellation));

        var record = await slow.PredictAsync(blob, Cancellation);

        Assert.Equal(PredictionStatus.Replaced, record.Status);
        Assert.NotNull(await world.TextAsync("a.csv"));
        Assert.NotNull(await world.TextAsync("a.summary.json"));
        Assert.Null(await world.TextAsync("a.error.json"));
    }

    [Fact]
    public async Task Predict_DeletedUpload_LeavesNothing()
    {
        await using var world = await UploadWorld.NewAsync(azurite, _time);
        var blob = await world.UploadAsync("a", Csv(("7", 0)));
        await world.Incoming.GetBlobClient("a").DeleteAsync(cancellationToken: Cancellation);

        Assert.Equal(PredictionStatus.Replaced, (await world.Predictor.PredictAsync(blob, Cancellation)).Status);
        Assert.Null(await world.TextAsync("a.error.json"));
    }
}
