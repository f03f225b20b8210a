using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Application;
using ServerlessFashion.Devices;
using ServerlessFashion.Registry;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;

namespace ServerlessFashion.Tests;

/// <summary>The application on an empty storage account, with a clock, random bytes and a host of the test.</summary>
internal sealed class TestApplication
{
    private TestApplication(FashionStorage storage)
    {
        Storage = storage;
        var machine = new TrainingMachine(_ => 1, asked => asked ?? DeviceChoice.Auto);
        Application = ApplicationFactory.Create(storage, Host, machine, Time, new CountingBytes());
    }

    public FashionStorage Storage { get; }

    public FashionApplication Application { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public RecordingHost Host { get; } = new();

    public RunStore Runs => AddedRun.StoreOn(Storage);

    public ModelRegistry Registry => new(Storage, Time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestApplication> CreateAsync(AzuriteFixture azurite) => new(await azurite.NewStorageAsync());

    public static TestApplication Create(FashionStorage storage) => new(storage);

    /// <summary>Connects with a connection string and the given blob client options.</summary>
    public static async Task<TestApplication> CreateAsync(AzuriteFixture azurite, BlobClientOptions blobs) =>
        new(FashionStorage.Connect(await azurite.NewAccountAsync(), blobs));

    public static RunDefinition Define(params string[] models) =>
        Presets.Configure(
            new ComparisonOptions { Preset = "smoke", Models = models is [] ? ["model1", "model3"] : models, Device = DeviceChoice.Auto },
            _ => 1);

    /// <summary>Stores a run of preset smoke.</summary>
    public Task<RunRecord> AddRunAsync(string id, RunStatus status, string? winner = null)
    {
        var now = Time.GetUtcNow();
        var run = RunRecord.Of(id, status, now, Define().Configuration) with
        {
            StartedAt = status == RunStatus.Pending ? null : now,
            FinishedAt = status is RunStatus.Pending or RunStatus.Running ? null : now,
            Winner = winner,
        };
        return Runs.CreateAsync(run, Define(), Cancellation);
    }

    /// <summary>Stores the comparison of a run: model1 was trained, and model3 too unless it failed with an error.</summary>
    public Task AddComparisonAsync(string id, string winner, string? model3Error = null) => new RunFolder(Storage, id).PutComparisonAsync(
        new ComparedModels(winner, [
            new TrainingOutcome("model1", 1, new EvaluatedModel("model1", 1, .75, .5), null, Cancelled: false),
            new TrainingOutcome(
                "model3", 1, model3Error is null ? new EvaluatedModel("model3", 1, .8, .6) : null, model3Error, Cancelled: false)]),
        Cancellation);

    /// <summary>Stores and registers a small model of a run.</summary>
    public Task<ModelVersion> AddModelAsync(string runId, string model) => RegisteredModel.AddAsync(Storage, Registry, runId, model);

    /// <summary>Bytes 0, 1, 2, ... in place of random ones.</summary>
    private sealed class CountingBytes : RandomNumberGenerator
    {
        private byte _next;

        public override void GetBytes(byte[] data)
        {
            for (var i = 0; i < data.Length; i++)
            {
                data[i] = _next++;
            }
        }
    }
}
