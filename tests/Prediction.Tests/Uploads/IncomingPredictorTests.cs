using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Uploads;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Prediction.Tests.Uploads;

/// <summary>The champion is <see cref="TinyModel"/>: black images get label 0, white ones label 1.</summary>
public sealed class IncomingPredictorTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_GoodFile_LeavesRowsAndSummary()
    {
        await using var world = await WorldAsync();
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
        Assert.Equal(0, summary.GetProperty("warnings").GetArrayLength());
        Assert.Equal(blob.Version, summary.GetProperty("etag").GetString());
    }

    [Fact]
    public async Task Predict_VersionFromTheListing_IsTheVersionOfTheBlob()
    {
        await using var world = await WorldAsync();
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
        await using var world = await WorldAsync();
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
        await using var world = await WorldAsync();
        var blob = await world.UploadAsync("a", Csv(("7", 255)));

        var records = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Predictor.PredictAsync(blob, Cancellation)));

        Assert.All(records, record => Assert.Equal(PredictionStatus.Predicted, record.Status));
        Assert.Equal("Id,Label,P0,P1\n7,1,0.001069,0.998931\n", await world.TextAsync("a.csv"));
    }

    [Fact]
    public async Task Predict_BadFile_LeavesTheReasonAndTheUpload()
    {
        await using var world = await WorldAsync();
        var blob = await world.UploadAsync("a", Csv(("7", 255)).Replace("\n7,255,", "\n7,256,", StringComparison.Ordinal));

        var record = await world.Predictor.PredictAsync(blob, Cancellation);

        Assert.Equal(PredictionStatus.Failed, record.Status);
        var error = JsonDocument.Parse((await world.TextAsync("a.error.json"))!).RootElement.GetProperty("error").GetString();
        Assert.Equal("a: line 2, column '0': expected a whole number 0 to 255, found '256'.", error);
        Assert.Null(await world.TextAsync("a.csv"));
        Assert.True(await world.Incoming.GetBlobClient("a").ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task Predict_GoodVersionAfterABadOne_TakesTheErrorAway()
    {
        await using var world = await WorldAsync();
        await world.Predictor.PredictAsync(await world.UploadAsync("a", "nonsense"), Cancellation);

        await world.Predictor.PredictAsync(await world.UploadAsync("a", Csv(("7", 255))), Cancellation);

        Assert.Null(await world.TextAsync("a.error.json"));
        Assert.NotNull(await world.TextAsync("a.csv"));
    }

    [Fact]
    public async Task Predict_BadVersionAfterAGoodOne_TakesTheRowsAway()
    {
        await using var world = await WorldAsync();
        await world.Predictor.PredictAsync(await world.UploadAsync("a", Csv(("7", 255))), Cancellation);

        await world.Predictor.PredictAsync(await world.UploadAsync("a", "nonsense"), Cancellation);

        Assert.NotNull(await world.TextAsync("a.error.json"));
        Assert.Null(await world.TextAsync("a.csv"));
        Assert.Null(await world.TextAsync("a.summary.json"));
    }

    [Fact]
    public async Task Predict_NoChampion_SaysWhatToDo()
    {
        await using var world = await WorldAsync(champion: false);
        var blob = await world.UploadAsync("a", Csv(("7", 255)));

        await world.Predictor.PredictAsync(blob, Cancellation);

        Assert.Contains("there is no champion", await world.TextAsync("a.error.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_OlderVersionThanTheBlob_LeavesNothing()
    {
        await using var world = await WorldAsync();
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
        await using var world = await WorldAsync();
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
        await using var world = await WorldAsync();
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
        await using var world = await WorldAsync();
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
        await using var world = await WorldAsync();
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
        await using var world = await WorldAsync();
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
    public async Task Predict_StoppedAgainAndAgain_IsNotGivenUp()
    {
        await using var world = await WorldAsync();
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
        await using var world = await WorldAsync();

        await world.Predictor.PredictAsync(await world.UploadAsync("a", "PK\u0003\u0004"), Cancellation);

        Assert.Contains("a: the packed data is damaged or cut off", await world.TextAsync("a.error.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_DeletedUpload_LeavesNothing()
    {
        await using var world = await WorldAsync();
        var blob = await world.UploadAsync("a", Csv(("7", 0)));
        await world.Incoming.GetBlobClient("a").DeleteAsync(cancellationToken: Cancellation);

        Assert.Equal(PredictionStatus.Replaced, (await world.Predictor.PredictAsync(blob, Cancellation)).Status);
        Assert.Null(await world.TextAsync("a.error.json"));
    }

    [Fact]
    public async Task Predict_BegunFiveTimesWithoutEnd_GivesUp()
    {
        await using var world = await WorldAsync();
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
        await using var world = await WorldAsync();
        var blob = await world.UploadAsync("a", Csv(("7", 0)));

        await world.Predictor.FailAsync(blob, "the trigger gave up", Cancellation);

        Assert.Contains("the trigger gave up", await world.TextAsync("a.error.json"), StringComparison.Ordinal);
        Assert.Equal(PredictionStatus.Failed, (await world.Predictor.PredictAsync(blob, Cancellation)).Status);
    }

    [Fact]
    public async Task Predict_LongestName_StillLeavesItsResult()
    {
        await using var world = await WorldAsync();
        var name = new string('n', 1020);

        Assert.Equal(PredictionStatus.Predicted,
            (await world.Predictor.PredictAsync(await world.UploadAsync(name, Csv(("7", 0))), Cancellation)).Status);
    }

    private static string Csv(params (string Id, byte Grey)[] rows) =>
        $"Id,{string.Join(',', Enumerable.Range(0, 784))}\n"
        + string.Concat(rows.Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row.Id},{string.Join(',', Enumerable.Repeat(row.Grey, 784))}\n")));

    private async Task<World> WorldAsync(bool champion = true)
    {
        var world = new World(await azurite.NewAccountAsync(), _time);
        if (champion)
        {
            await world.AddChampionAsync();
        }

        return world;
    }

    private sealed class World : IAsyncDisposable
    {
        private readonly string _account;
        private readonly TimeProvider _time;
        private readonly ClassifierCache _classifiers;
        private readonly ModelRegistry _registry;

        public World(string account, TimeProvider time)
        {
            (_account, _time, Storage) = (account, time, FashionStorage.Connect(account));
            _classifiers = new ClassifierCache(Storage);
            _registry = new ModelRegistry(Storage, time);
        }

        public FashionStorage Storage { get; }

        public IncomingPredictor Predictor => PredictorAt(_time);

        public BlobContainerClient Incoming => Storage.Container(StorageNames.Incoming);

        public BlobContainerClient Predictions => Storage.Container(StorageNames.Predictions);

        public IncomingPredictor PredictorAt(TimeProvider clock) => new(Storage, _registry, _classifiers, clock);

        /// <summary>
        /// A predictor that waits for <paramref name="hook"/> before it first changes a result whose name begins with
        /// <paramref name="name"/>.
        /// </summary>
        public IncomingPredictor PredictorBeforeWriting(string name, Func<Task> hook)
        {
            var options = new BlobClientOptions();
            options.AddPolicy(new HookBeforeWriting($"/{StorageNames.Predictions}/{name}", hook), HttpPipelinePosition.PerCall);
            return new IncomingPredictor(FashionStorage.Connect(_account, options), _registry, _classifiers, _time);
        }

        public async Task AddChampionAsync()
        {
            var version = await RegisteredModel.AddAsync(Storage, _registry, "run", "tiny");
            await _registry.PromoteAsync(version, PromotionCause.Hand, "for the test", null, Cancellation);
        }

        public async Task<IncomingBlob> UploadAsync(string name, string content) =>
            new(name,
                (await Incoming.GetBlobClient(name).UploadAsync(BinaryData.FromString(content), overwrite: true, Cancellation)).Value.ETag);

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

        public ValueTask DisposeAsync()
        {
            _classifiers.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A clock that does something first whenever its time stamp is read, with the number of the call.</summary>
    private sealed class HookedTime(Func<int, Task> hook) : TimeProvider
    {
        private int _calls;

        public override long GetTimestamp()
        {
            hook(Interlocked.Increment(ref _calls)).GetAwaiter().GetResult();
            return base.GetTimestamp();
        }
    }

    /// <summary>Does something first when a blob whose path holds a name is about to be written or deleted, once.</summary>
    private sealed class HookBeforeWriting(string path, Func<Task> hook) : HttpPipelinePolicy
    {
        private int _calls;

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var writes = message.Request.Method == RequestMethod.Put || message.Request.Method == RequestMethod.Delete;
            if (writes && message.Request.Uri.Path.Contains(path, StringComparison.Ordinal) && Interlocked.Increment(ref _calls) == 1)
            {
                await hook();
            }

            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
    }
}
