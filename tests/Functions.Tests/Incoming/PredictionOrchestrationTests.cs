using Azure;
using Microsoft.DurableTask;
using ServerlessFashion.Functions.Incoming;
using ServerlessFashion.Functions.Tests.Durable;
using ServerlessFashion.Prediction.Uploads;

namespace ServerlessFashion.Functions.Tests.Incoming;

public sealed class PredictionOrchestrationTests
{
    private static readonly IncomingBlob Blob = new("folder/a.csv", new ETag("\"0x1F5A\""));

    [Fact]
    public async Task PredictUpload_PredictionSucceeds_IsItsResult()
    {
        await using var host = await StartAsync(Predicted, abandoned: []);

        var end = await host.RunAsync(nameof(PredictionOrchestration.PredictUpload), Blob, Blob.Id);

        Assert.Equal(Predicted(Blob), end.ReadOutputAs<PredictionRecord>());
    }

    [Fact]
    public async Task PredictUpload_PredictionFailsForGood_IsAbandonedWithItsReason()
    {
        var abandoned = new List<AbandonedUpload>();
        await using var host = await StartAsync(_ => throw new InvalidInputException("the champion's file is gone"), abandoned);

        await host.RunAsync(nameof(PredictionOrchestration.PredictUpload), Blob, Blob.Id);

        Assert.Equal([new AbandonedUpload(Blob, "folder/a.csv: the champion's file is gone")], abandoned);
    }

    /// <summary>A change of metadata makes a new version, and no event announces it.</summary>
    [Fact]
    public async Task PredictUpload_VersionWasReplaced_StartsTheCurrentOne()
    {
        var started = new List<string>();
        await using var host = await StartAsync(
            blob => Predicted(blob) with { Status = PredictionStatus.Replaced, Count = null, Model = null }, abandoned: [], started);

        await host.RunAsync(nameof(PredictionOrchestration.PredictUpload), Blob, Blob.Id);

        Assert.Equal(["folder/a.csv"], started);
    }

    private static PredictionRecord Predicted(IncomingBlob blob) => new(
        blob.Name, blob.ETag.ToString(), PredictionStatus.Predicted, 1, DateTimeOffset.UnixEpoch, 10, "run/model3/seed-1", null);

    private static Task<DurableHost> StartAsync(
        Func<IncomingBlob, PredictionRecord> predict, List<AbandonedUpload> abandoned,
        List<string>? started = null) => DurableHost.StartAsync(
        new FakePipeline(),
        tasks => tasks
            .AddOrchestratorFunc<IncomingBlob, PredictionRecord>(
                nameof(PredictionOrchestration.PredictUpload), PredictionOrchestration.PredictUpload)
            .AddActivityFunc<IncomingBlob, PredictionRecord>(nameof(PredictionOrchestration.PredictBlob), (_, blob) => predict(blob))
            .AddActivityFunc<string>(
                nameof(PredictionOrchestration.StartCurrentVersion),
                (_, name) => (started ?? throw new InvalidOperationException(name)).Add(name))
            .AddActivityFunc<AbandonedUpload, PredictionRecord>(nameof(PredictionOrchestration.AbandonUpload), (_, upload) =>
            {
                abandoned.Add(upload);
                return Predicted(upload.Blob) with { Status = PredictionStatus.Failed, Error = upload.Reason };
            }));
}
