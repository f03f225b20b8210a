using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessFashion.Functions.Incoming;
using ServerlessFashion.Functions.Incoming.Polling;
using ServerlessFashion.Functions.Tests.Durable;
using ServerlessFashion.Prediction;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Functions.Tests.Incoming;

public sealed class UploadEventFunctionsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly List<IncomingBlob> _predicted = [];
    private readonly List<string> _imported = [];

    private FashionStorage _storage = null!;
    private DurableHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private BlobContainerClient Incoming => _storage.Container(StorageNames.Incoming);

    private UploadEventFunctions Functions => new(_storage, Predictor, new PoisonLog(NullLogger<PoisonLog>.Instance));

    private IncomingPredictor Predictor => TestServices.On(_storage).AddPrediction().Get<IncomingPredictor>();

    public async ValueTask InitializeAsync()
    {
        _storage = await azurite.NewStorageAsync();
        _host = await DurableHost.StartAsync(
            new FakePipeline(),
            tasks => tasks.AddOrchestratorFunc<IncomingBlob, string>(nameof(PredictionOrchestration.PredictUpload), (_, blob) =>
            {
                lock (_predicted)
                {
                    _predicted.Add(blob);
                }

                return Task.FromResult(blob.Name);
            }).AddOrchestratorFunc<string, string>(nameof(ImportOrchestration.ImportSource), (_, name) =>
            {
                lock (_imported)
                {
                    _imported.Add(name);
                }

                return Task.FromResult(name);
            }));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task StartAnnouncedPrediction_EventTwiceAndBlobTriggerToo_PredictsTheUploadOnce()
    {
        var blob = await UploadAsync("folder/a 100%.csv");

        await Functions.StartAnnouncedPrediction(Event("folder/a%20100%25.csv"), _host.Client, Cancellation);
        await EndOfAsync(blob);
        await Functions.StartAnnouncedPrediction(Event("folder/a%20100%25.csv"), _host.Client, Cancellation);
        await BlobTriggerFunctions.StartPrediction(Incoming.GetBlobClient("folder/a 100%.csv"), _host.Client, Cancellation);
        await EndOfAsync(blob);

        Assert.Equal([blob], _predicted);
    }

    /// <summary>A registered set has blobs in the same container, which are no sources.</summary>
    [Fact]
    public async Task StartAnnouncedPrediction_SourceOfADatasetTwiceAndBlobTriggerToo_ImportsItOnce()
    {
        var datasets = _storage.Container(StorageNames.Datasets);
        var stored = await datasets.GetBlobClient("pets/source.zip").UploadAsync(new BinaryData("zip"), overwrite: true, Cancellation);
        await datasets.GetBlobClient("pets/train/labels.bin").UploadAsync(new BinaryData("0"), overwrite: true, Cancellation);

        await Functions.StartAnnouncedPrediction(Event("pets/train/labels.bin", container: "datasets"), _host.Client, Cancellation);
        await Functions.StartAnnouncedPrediction(Event("pets/source.zip", container: "datasets"), _host.Client, Cancellation);
        await _host.Client.WaitForInstanceCompletionAsync($"import-pets-{stored.Value.ETag.ToString("G").Trim('"')}", Cancellation);
        await Functions.StartAnnouncedPrediction(Event("pets/source.zip", container: "datasets"), _host.Client, Cancellation);
        await BlobTriggerFunctions.StartImport(datasets.GetBlobClient("pets/source.zip"), _host.Client, Cancellation);

        Assert.Equal(["pets"], _imported);
        Assert.Empty(_predicted);
    }

    [Fact]
    public async Task StartAnnouncedPrediction_OverwrittenBeforeItsTurn_PredictsTheNewVersionOnce()
    {
        await UploadAsync("a.csv");
        var current = await UploadAsync("a.csv");

        await Functions.StartAnnouncedPrediction(Event("a.csv"), _host.Client, Cancellation);
        await EndOfAsync(current);
        await Functions.StartAnnouncedPrediction(Event("a.csv"), _host.Client, Cancellation);

        Assert.Equal([current], _predicted);
    }

    /// <summary>Such a change makes a new ETag, and Event Grid announces none.</summary>
    [Fact]
    public async Task StartAnnouncedPrediction_MetadataChangedBeforeItsTurn_PredictsTheUpload()
    {
        var uploaded = await UploadAsync("a.csv");
        var metadata = new Dictionary<string, string> { ["by"] = "test" };
        var changed = await Incoming.GetBlobClient("a.csv").SetMetadataAsync(metadata, cancellationToken: Cancellation);
        var current = new IncomingBlob("a.csv", changed.Value.ETag);

        await Functions.StartAnnouncedPrediction(Event("a.csv"), _host.Client, Cancellation);
        await EndOfAsync(current);

        Assert.NotEqual(uploaded, current);
        Assert.Equal([current], _predicted);
    }

    [Fact]
    public async Task StartAnnouncedPrediction_DeletedBeforeItsTurn_StartsNothing()
    {
        var blob = await UploadAsync("a.csv");
        await Incoming.DeleteBlobAsync("a.csv", cancellationToken: Cancellation);

        await Functions.StartAnnouncedPrediction(Event("a.csv"), _host.Client, Cancellation);

        Assert.Null(await _host.Client.GetInstanceAsync(blob.Id, Cancellation));
    }

    [Fact]
    public async Task RecordPoisonedEvent_NamesAnUpload_LeavesTheReasonWithTheResults()
    {
        await UploadAsync("a.csv");

        await Functions.RecordPoisonedEvent(Event("a.csv"), _host.Client, Cancellation);

        var recorded = _storage.Container(StorageNames.Predictions).GetBlobClient("a.csv.error.json");
        var document = await recorded.DownloadContentAsync(Cancellation);
        Assert.Equal(
            "a.csv: its prediction could not be started; the app's log says why.",
            JsonDocument.Parse(document.Value.Content).RootElement.GetProperty("error").GetString());
    }

    /// <summary>The message of a version that was replaced says nothing of the one that stands.</summary>
    [Theory]
    [InlineData("\"0x8D4BCC2E4835CD0\"")]
    [InlineData("0x8D4BCC2E4835CD0")]
    public async Task RecordPoisonedEvent_OfAnEarlierVersion_LeavesTheCurrentOneAlone(string earlier)
    {
        await UploadAsync("a.csv");

        await Functions.RecordPoisonedEvent(Event("a.csv", earlier), _host.Client, Cancellation);

        Assert.Empty(await Results());
    }

    [Fact]
    public async Task RecordPoisonedEvent_OfTheCurrentVersion_LeavesTheReasonWithTheResults()
    {
        var blob = await UploadAsync("a.csv");

        await Functions.RecordPoisonedEvent(Event("a.csv", blob.Version), _host.Client, Cancellation);

        Assert.Equal(["a.csv.error.json"], await Results());
    }

    /// <summary>Event Grid may deliver twice: the other delivery has started the prediction, which tells its own end.</summary>
    [Fact]
    public async Task RecordPoisonedEvent_PredictionWasStarted_LeavesItAlone()
    {
        var blob = await UploadAsync("a.csv");
        await Functions.StartAnnouncedPrediction(Event("a.csv"), _host.Client, Cancellation);
        await EndOfAsync(blob);

        await Functions.RecordPoisonedEvent(Event("a.csv", blob.Version), _host.Client, Cancellation);

        Assert.Empty(await Results());
    }

    /// <summary>A poison queue has no poison queue: a message that makes its function throw would come back until it expires.</summary>
    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"eventType":"Microsoft.Storage.BlobDeleted","data":{"url":"https://a.blob.core.windows.net/incoming/a.csv"}}""")]
    public async Task RecordPoisonedEvent_NamesNoUpload_EndsWithoutResultAndWithoutError(string message)
    {
        await Functions.RecordPoisonedEvent(message, _host.Client, Cancellation);

        Assert.Empty(await Results());
    }

    [Fact]
    public async Task RecordPoisonedEvent_UploadIsGone_EndsWithoutResultAndWithoutError()
    {
        await Functions.RecordPoisonedEvent(Event("gone.csv"), _host.Client, Cancellation);

        Assert.Empty(await Results());
    }

    private static string Event(string encodedName, string? tag = null, string container = "incoming") => JsonSerializer.Serialize(new
    {
        eventType = "Microsoft.Storage.BlobCreated",
        data = new { url = $"https://a.example/{container}/{encodedName}", eTag = tag },
    });

    private async Task<IncomingBlob> UploadAsync(string name) =>
        new(name, (await Incoming.GetBlobClient(name).UploadAsync(new BinaryData("rows"), overwrite: true, Cancellation)).Value.ETag);

    private Task<OrchestrationMetadata> EndOfAsync(IncomingBlob blob) => _host.Client.WaitForInstanceCompletionAsync(blob.Id, Cancellation);

    private async Task<List<string>> Results()
    {
        var names = new List<string>();
        await foreach (var item in _storage.Container(StorageNames.Predictions).GetBlobsAsync(cancellationToken: Cancellation))
        {
            names.Add(item.Name);
        }

        return names;
    }
}
