using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Prediction;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Telemetry.Tests;

public sealed class PredictionTelemetryTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MeasureRequest_Answer_RecordsItsSecondsInASpan()
    {
        using var recorder = new TelemetryRecorder();

        var answer = await PredictionTelemetry.MeasureRequestAsync(_time, () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            return Task.FromResult("Sandal");
        });

        Assert.Equal("Sandal", answer);
        Assert.Equal([new Measured("fashion.prediction.duration", "s", .25, "")], recorder.Values("fashion.prediction.duration"));
        var span = Assert.Single(recorder.Spans);
        Assert.Equal(("fashion.predict", ActivityStatusCode.Unset), (span.DisplayName, span.Status));
    }

    [Fact]
    public async Task MeasureRequest_Failure_IsRecordedAndThrownOn()
    {
        using var recorder = new TelemetryRecorder();

        await Assert.ThrowsAsync<InvalidInputException>(
            () => PredictionTelemetry.MeasureRequestAsync<int>(_time, () => throw new InvalidInputException("body: empty.")));

        Assert.Single(recorder.Values("fashion.prediction.duration"));
        var span = Assert.Single(recorder.Spans);
        Assert.Equal((ActivityStatusCode.Error, "body: empty."), (span.Status, span.StatusDescription));
        Assert.Equal("exception", Assert.Single(span.Events).Name);
    }

    [Fact]
    public async Task Predict_UploadThatFailsDeliveredTwice_IsPoisonedOnce()
    {
        var storage = await azurite.NewStorageAsync();
        var predictor = TestServices.On(storage, _time).AddPrediction().Get<IncomingPredictor>();
        var upload = storage.Container(StorageNames.Incoming).GetBlobClient("a.csv");
        var blob = new IncomingBlob("a.csv", (await upload.UploadAsync(BinaryData.FromString("Id"), Cancellation)).Value.ETag);
        using var recorder = new TelemetryRecorder();

        // There is no champion to predict with.
        await predictor.PredictAsync(blob, Cancellation);
        await predictor.PredictAsync(blob, Cancellation);

        Assert.Equal([new Measured("fashion.incoming.poisoned", "{upload}", 1, "")], recorder.Values("fashion.incoming.poisoned"));
        var span = Assert.Single(recorder.Spans);
        Assert.Equal(("a.csv", ActivityStatusCode.Error), (span.GetTagItem("fashion.incoming.name"), span.Status));
    }
}
