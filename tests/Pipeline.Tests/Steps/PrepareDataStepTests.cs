using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Pipeline.Tests.Steps;

public sealed class PrepareDataStepTests : IDisposable
{
    private readonly FashionStorage _storage = MemoryStorage.Connect();
    private readonly HttpClient _http = new(new NoNetwork());
    private readonly NoteRecorder _notes = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunFolder Folder => new(_storage, "run");

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    /// <summary>A fifth of the competition's 60,000 training images validates; preset smoke keeps 1600, 400 and 1000 images.</summary>
    [Fact]
    public async Task Run_PublishedFiles_StoresThemAndTheRowsOfTheSets()
    {
        await AddRunAsync();

        var prepared = await RunAsync(PublishedSet.Files().TrainImages);

        Assert.Equal(
            new PreparedData("fashion-mnist/", "run/split.json", 1600, 400, 1000, FashionMnist.PublishedSha256, null, null), prepared);
        Assert.Equal(prepared, await Folder.FindPreparedDataAsync(Cancellation));
        var split = await Folder.GetSplitAsync(Cancellation);
        Assert.Equal((1600, 400, 1000), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal((LabelScheme.Five, DatasetSplit.Competition, 657), (split.Labels, split.Split, split.Seed));
        Assert.Empty(split.Train.Intersect(split.Validation));
        Assert.True(await new DatasetStore(_storage).IsCompleteAsync(Cancellation));
    }

    /// <summary>The 2,000 images of smoke in four folds: each training learns from 1,500 and validates on 500.</summary>
    [Fact]
    public async Task Run_Folds_StoresThemAndCountsTheImagesOfOneTraining()
    {
        await AddRunAsync(folds: 4);

        var prepared = await RunAsync(PublishedSet.Files().TrainImages);

        Assert.Equal((1500, 500, 1000), (prepared.Train, prepared.Validation, prepared.Test));
        var split = await Folder.GetSplitAsync(Cancellation);
        Assert.Equal([500, 500, 500, 500], split.Folds!.Select(fold => fold.Length));
        Assert.Equal(split.Train, split.Folds!.SelectMany(fold => fold).Order());
        Assert.Equal(2000, split.Train.Distinct().Count());
    }

    [Fact]
    public async Task Run_DataIsPreparedAlready_GivesItAndNeedsNoFiles()
    {
        var finished = new PreparedData("fashion-mnist/", "run/split.json", 3, 2, 1, "ab", null, null);
        await Folder.PutPreparedDataAsync(finished, Cancellation);

        Assert.Equal(finished, await RunAsync(file: null));
        Assert.Empty(_notes.Notes);
    }

    [Fact]
    public async Task Run_FolderWithoutTheFiles_IsRefusedAndStoresNothing()
    {
        await AddRunAsync();
        using var empty = new TemporaryFolder();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => RunAsync(empty.File("train-images-idx3-ubyte.gz")));

        Assert.Contains(empty.Path, refused.Message, StringComparison.Ordinal);
        Assert.Null(await Folder.FindPreparedDataAsync(Cancellation));
    }

    [Fact]
    public async Task Run_WeightsThatTheProgramBringsAlong_NeedNoDownload()
    {
        await AddRunAsync("resnet18");

        var prepared = await RunAsync(PublishedSet.Files().TrainImages);

        Assert.Equal([new PreparedWeights("ResNet18.onnx", Blob: null)], prepared.ImageNet);
        Assert.Contains("resnet18: start from ImageNet (ResNet18.onnx)", _notes.Notes.Select(note => note.Text));
    }

    [Fact]
    public async Task Run_WeightsThatCannotBeDownloaded_AreTriedAgainWhenTheRunIsResumed()
    {
        await AddRunAsync("resnet50");
        using var offline = new Offline();
        using var http = new HttpClient(offline);

        var prepared = await RunAsync(PublishedSet.Files().TrainImages, http);
        var asked = offline.Asked;
        var again = await RunAsync(file: null, http);

        var missing = Assert.Single(prepared.ImageNet!);
        Assert.Equal(("resnet50-0676ba61.pth", null), (missing.File, missing.Blob));
        Assert.Equal("resnet50-0676ba61.pth cannot be downloaded from download.pytorch.org (no route)", missing.Missing);
        Assert.EndsWith("or name a mirror in FASHION_IMAGENET_URL", missing.Remedy, StringComparison.Ordinal);
        Assert.Contains(_notes.Notes, note => note.Text == $"resnet50: cannot be trained, because {missing.Missing}");
        Assert.Equal(2 * asked, offline.Asked);
        Assert.Equal(prepared with { ImageNet = null }, again with { ImageNet = null });
    }

    /// <summary>A model may have started from random weights already, and the next one of the run must start from the same.</summary>
    [Fact]
    public async Task Run_MissingWeightsInARunThatAllowsRandomOnes_AreNotTriedAgain()
    {
        await AddRunAsync("resnet50", allowRandomWeights: true);
        using var offline = new Offline();
        using var http = new HttpClient(offline);

        await RunAsync(PublishedSet.Files().TrainImages, http);
        var asked = offline.Asked;
        var again = await RunAsync(file: null, http);

        Assert.NotNull(Assert.Single(again.ImageNet!).Missing);
        Assert.Equal(asked, offline.Asked);
        Assert.Contains(
            _notes.Notes, note => note.Text.StartsWith("resnet50: start from random weights, because ", StringComparison.Ordinal));
    }

    private Task<RunRecord> AddRunAsync(string model = "model1", bool? allowRandomWeights = null, int? folds = null) =>
        AddedRun.StoreOn(_storage).AddAsync("run", RunStatus.Running, Presets.Configure(
            new ComparisonOptions { Preset = "smoke", Models = [model], AllowRandomWeights = allowRandomWeights, Folds = folds }, _ => 1));

    /// <param name="file">A file of the folder that the user named.</param>
    private Task<PreparedData> RunAsync(string? file, HttpClient? http = null)
    {
        var locations = new DatasetLocations(Path.GetDirectoryName(file) ?? "none", "", "", []);
        return TestServices.On(_storage)
            .Create<PrepareDataStep>(
                new DatasetStore(_storage), new DatasetLocator(locations, _http, new NoInstaller()),
                new RunImages(new DatasetStore(_storage), new RegisteredSets(_storage)),
                new ImageNetWeights(_folder.Path, http ?? _http), _notes)
            .RunAsync(new RunRequest("run"), Cancellation);
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"{request.RequestUri}: the test needs no download.");
    }

    /// <summary>A machine without a network.</summary>
    private sealed class Offline : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            throw new HttpRequestException("no route");
        }
    }

    private sealed class NoInstaller : IPackageInstaller
    {
        public Task<string?> InstallAsync(string package, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"{package}: the test needs no package.");
    }

    private sealed class NoteRecorder : IProgress<StepNote>
    {
        public List<StepNote> Notes { get; } = [];

        public void Report(StepNote value) => Notes.Add(value);
    }
}
