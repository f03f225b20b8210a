using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Registry;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Prediction.Tests.Uploads;

/// <summary>
/// A storage account of its own. The champion is <see cref="TinyModel"/>: black images get label 0, white ones label 1.
/// </summary>
internal sealed class UploadWorld : IAsyncDisposable
{
    private readonly string _account;
    private readonly TimeProvider _time;
    private readonly ClassifierCache _classifiers;
    private readonly ModelRegistry _registry;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private UploadWorld(string account, TimeProvider time)
    {
        (_account, _time, Storage) = (account, time, FashionStorage.Connect(account));
        _registry = new ModelRegistry(Storage, time);
        _classifiers = new ClassifierCache(Storage);
    }

    public FashionStorage Storage { get; }

    public IncomingPredictor Predictor => PredictorAt(_time);

    public BlobContainerClient Incoming => Storage.Container(StorageNames.Incoming);

    public BlobContainerClient Predictions => Storage.Container(StorageNames.Predictions);

    /// <summary>A predictor whose every part reads this clock.</summary>
    public IncomingPredictor PredictorAt(TimeProvider clock) => new(Storage, new PredictionLog(Storage), ModelsAt(clock), clock);

    /// <summary>
    /// A predictor that waits for <paramref name="hook"/> before it first changes a result whose name begins with
    /// <paramref name="name"/>.
    /// </summary>
    public IncomingPredictor PredictorBeforeWriting(string name, Func<Task> hook)
    {
        var options = new BlobClientOptions();
        options.AddPolicy(new HookBeforeWriting($"/{StorageNames.Predictions}/{name}", hook), HttpPipelinePosition.PerCall);
        var storage = FashionStorage.Connect(_account, options);
        return new IncomingPredictor(storage, new PredictionLog(storage), ModelsAt(_time), _time);
    }

    private ModelLoader ModelsAt(TimeProvider clock) => new(_registry, _classifiers, new BatchPredictor(clock), clock);

    private async Task AddChampionAsync()
    {
        var version = await RegisteredModel.AddAsync(Storage, _registry, "run", "tiny");
        await _registry.PromoteAsync(version, PromotionCause.Hand, "for the test", null, Cancellation);
    }

    /// <summary>Another model as the champion of a data set that is not registered, or not any more.</summary>
    public async Task AddChampionOfAsync(string dataset)
    {
        var version = await RegisteredModel.AddAsync(Storage, _registry, $"run-of-{dataset}", "tiny");
        await _registry.Of(dataset).PromoteAsync(version, PromotionCause.Hand, "for the test", null, Cancellation);
    }

    public async Task<IncomingBlob> UploadAsync(string name, string content) =>
        new(name, (await Incoming.GetBlobClient(name)
            .UploadAsync(BinaryData.FromString(content), overwrite: true, Cancellation)).Value.ETag);

    public async Task<string?> TextAsync(string name)
    {
        try
        {
            return (await Predictions.GetBlobClient(name).DownloadContentAsync(Cancellation)).Value.Content.ToString();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>A competition CSV of images that have one grey value in all pixels.</summary>
    public static string Csv(params (string Id, byte Grey)[] rows) =>
        $"Id,{string.Join(',', Enumerable.Range(0, 784))}\n"
        + string.Concat(rows.Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row.Id},{string.Join(',', Enumerable.Repeat(row.Grey, 784))}\n")));

    public static async Task<UploadWorld> NewAsync(AzuriteFixture azurite, TimeProvider time, bool champion = true)
    {
        var world = new UploadWorld(await azurite.NewAccountAsync(), time);
        if (champion)
        {
            await world.AddChampionAsync();
        }

        return world;
    }

    public ValueTask DisposeAsync()
    {
        _classifiers.Dispose();
        return ValueTask.CompletedTask;
    }
}
