using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Datasets;
using ServerlessFashion.Models;
using ServerlessFashion.Pipeline;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;
using ServerlessFashion.Training.Devices;
using ServerlessFashion.Training.Steps;

namespace ServerlessFashion.Training.Tests.Steps;

/// <summary>A run on the real images whose data has been prepared, in a storage account of its own.</summary>
internal sealed class StoredRun : IAsyncDisposable
{
    private const string SystemFolder = "/usr/share/datasets/fashion-mnist";

    private readonly AzuriteProcess _azurite;

    private readonly string _account;

    private StoredRun(AzuriteProcess azurite, string account, FashionStorage storage)
    {
        _azurite = azurite;
        _account = account;
        Storage = storage;
    }

    public const string Id = "run-1";

    public FashionStorage Storage { get; }

    public TrainingInputs Inputs => Services(Storage).Create<TrainingInputs>();

    private static TrainingDevices Devices { get; } = new(new DeviceSettings());

    public static TrainingId Model1 { get; } = new(Id, "model1", 1);

    /// <summary>One model on 1,600 images at most; skips the test where the emulator or the data set is missing.</summary>
    /// <param name="testLimit">Test images; null for all 10,000.</param>
    /// <param name="phase">Changes every phase of the model.</param>
    public static async Task<StoredRun> CreateAsync(
        int epochs, int sliceEpochs, string model = "model1", int? testLimit = 1000, Func<TrainingPhase, TrainingPhase>? phase = null,
        TimeSpan? budget = null, int? folds = null, bool? classWeights = null)
    {
        Assert.SkipWhen(AzuriteProcess.Script is null, "The storage emulator is not installed: run `npm ci`.");
        Assert.SkipUnless(FashionMnistFiles.AreIn(SystemFolder), "Needs the package dataset-fashion-mnist.");
        var cancellation = TestContext.Current.CancellationToken;
        var azurite = await AzuriteProcess.StartAsync(cancellation);
        var account = azurite.NewAccount();
        var storage = FashionStorage.Connect(account);
        await storage.EnsureCreatedAsync(cancellation);
        var options =
            new ComparisonOptions
            {
                Preset = "smoke",
                Models = [model],
                Epochs = new Dictionary<string, int> { [model] = epochs },
                AllowRandomWeights = true,
                Folds = folds,
                ClassWeights = classWeights,
            };
        var definition = Configure(options, phase ?? (same => same));
        var configuration = definition.Configuration with { SliceEpochs = sliceEpochs, TestLimit = testLimit, Budget = budget };
        await AddedRun.StoreOn(storage).AddAsync(Id, RunStatus.Running, definition with { Configuration = configuration });
        using var http = new HttpClient(new NoNetwork());
        using var weights = new TemporaryFolder();
        var datasets = new DatasetLocator(new DatasetLocations(SystemFolder, "", "", []), http, new NoPackageInstaller());
        var prepareData = TestServices.On(storage).Create<PrepareDataStep>(
            new DatasetStore(storage), datasets, Images(storage), new ImageNetWeights(weights.File(""), http), new Progress<StepNote>());
        await prepareData.RunAsync(new RunRequest(Id), cancellation);
        return new StoredRun(azurite, account, storage);
    }

    /// <summary>A training step as a training process has it.</summary>
    public T Step<T>(IProgress<TrainingProgress> progress) where T : class => StepOn<T>(Storage, progress);

    /// <summary>The same with a hook in its requests for blobs.</summary>
    public T Step<T>(IProgress<TrainingProgress> progress, RequestHook hook, TimeProvider? time = null) where T : class
    {
        var blobs = new BlobClientOptions();
        blobs.AddPolicy(hook, HttpPipelinePosition.PerCall);
        var services = Services(FashionStorage.Connect(_account, blobs));
        return services.Create<T>(services.Create<TrainingInputs>(), progress, time ?? TimeProvider.System);
    }

    /// <summary>The same on an account of the test's own.</summary>
    public static T StepOn<T>(FashionStorage storage, IProgress<TrainingProgress> progress) where T : class =>
        Services(storage).Create<T>(Services(storage).Create<TrainingInputs>(), progress);

    /// <summary>A training step with a clock of the test, which hears of the epochs.</summary>
    public TrainSliceStep TrainSlice(Func<FakeTimeProvider, IProgress<TrainingProgress>> progressOf)
    {
        var time = new FakeTimeProvider();
        return Services(Storage).Create<TrainSliceStep>(Inputs, progressOf(time), time);
    }

    /// <summary>The step that fits epochs to a budget, with a clock of the test.</summary>
    public FitEpochsStep FitEpochs(Func<RunConfiguration, TrainingSlots> slotsOf, TimeProvider time) =>
        Services(Storage).Create<FitEpochsStep>(Inputs, slotsOf, time);

    private static IServiceCollection Services(FashionStorage storage) =>
        TestServices.On(storage).AddSingleton(Devices).AddSingleton(Images(storage));

    private static RunImages Images(FashionStorage storage) => new(new DatasetStore(storage), new RegisteredSets(storage));

    private static RunDefinition Configure(ComparisonOptions options, Func<TrainingPhase, TrainingPhase> phase)
    {
        var run = Presets.Configure(options, _ => 1);
        var models = run.Configuration.Models.Select(model => model with { Phases = [.. model.Phases.Select(phase)] });
        return run with { Configuration = run.Configuration with { Models = [.. models] } };
    }

    public ValueTask DisposeAsync() => _azurite.DisposeAsync();

    /// <summary>ResNet50 begins with random weights everywhere, and no test downloads 100 MB.</summary>
    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("Tests have no network.");
    }
}

/// <summary>Lets time pass for each epoch, with its last batch.</summary>
internal sealed class EpochClock(FakeTimeProvider time, TimeSpan epoch) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Completed is null && value.Batch == value.Batches)
        {
            time.Advance(epoch);
        }
    }
}

/// <summary>Keeps the epochs that ended.</summary>
internal sealed class EpochLog : IProgress<TrainingProgress>
{
    private readonly Lock _gate = new();
    private readonly List<int> _epochs = [];

    public Action<TrainingProgress> OnReport { get; init; } = _ => { };

    public IReadOnlyList<int> Epochs
    {
        get
        {
            lock (_gate)
            {
                return [.. _epochs];
            }
        }
    }

    public void Report(TrainingProgress value)
    {
        lock (_gate)
        {
            OnReport(value);
            if (value.Completed is not null)
            {
                _epochs.Add(value.Epoch);
            }
        }
    }
}
