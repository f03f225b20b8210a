using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Pipeline.Steps;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Pipeline.Tests.Steps;

/// <summary>A run of one model with two test images; the model labels one of them right.</summary>
public sealed class WriteReportStepTests
{
    private static readonly TrainingOutcome Trained = new(
        "model1", 1, new EvaluatedModel("model1", 1, .5, .5), null, Cancelled: false);

    private readonly FashionStorage _storage = MemoryStorage.Connect();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RunFolder Folder => new(_storage, "run");

    [Fact]
    public async Task Run_ComparedRun_WritesTheReportWithItsDataLast()
    {
        await PrepareAsync();

        var written = await RunAsync();

        var files = await ListAsync();
        Assert.Equal(new WrittenReport("run/report/", files.Count), written);
        Assert.Equal("report.json", files.MaxBy(file => file.Value).Key);
        Assert.Superset(
            new HashSet<string> { "index.html", "report.md", "submission-model1.csv", "tables/ranking.csv" }, files.Keys.ToHashSet());
        var report = await ReadAsync("report.json");
        var model = JsonDocument.Parse(report).RootElement.GetProperty("models")[0];
        Assert.Equal(.5, model.GetProperty("test").GetProperty("accuracy").GetDouble());
        Assert.Equal("Id,Label\n3,0\n7,1\n", (await ReadAsync("submission-model1.csv")).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Run_ReportIsNewerThanTheComparison_LeavesItAsItIs()
    {
        await PrepareAsync();
        var first = await RunAsync();
        var files = await ListAsync();

        Assert.Equal(first, await RunAsync());
        Assert.Equal(files, await ListAsync());
    }

    [Fact]
    public async Task Run_ComparisonIsNewerThanTheReport_WritesItAgain()
    {
        await PrepareAsync();
        await RunAsync();
        var failed = new TrainingOutcome("model3", 1, null, "out of memory", Cancelled: false);
        await Folder.PutComparisonAsync(new ComparedModels("model1", [Trained, failed]), Cancellation);

        await RunAsync();

        var failure = JsonDocument.Parse(await ReadAsync("report.json")).RootElement.GetProperty("failures")[0];
        Assert.Equal(("model3", "out of memory"), (failure.GetProperty("name").GetString(), failure.GetProperty("error").GetString()));
    }

    /// <summary>As a plot of a version of the program that had more of them.</summary>
    [Fact]
    public async Task Run_EarlierReportHadAnotherFile_RemovesIt()
    {
        await PrepareAsync();
        await _storage.Container(StorageNames.Runs).GetBlobClient("run/report/plots/old.svg").UploadAsync(
            BinaryData.FromString("old"), Cancellation);
        await _storage.Container(StorageNames.Runs).GetBlobClient("run/model1/seed-1/history.json").UploadAsync(
            BinaryData.FromString("kept"), Cancellation);

        var written = await RunAsync();

        var files = await ListAsync();
        Assert.DoesNotContain("plots/old.svg", files.Keys);
        Assert.Equal(files.Count, written.Files);
        Assert.True(await _storage.Container(StorageNames.Runs).GetBlobClient("run/model1/seed-1/history.json").ExistsAsync(Cancellation));
    }

    /// <summary>The set is not registered, as after its removal.</summary>
    [Fact]
    public async Task Run_DataSetIsGone_WritesTheReportWithoutImages()
    {
        await PrepareAsync(ShapeSet.Sized(ShapeSet.Bars, train: 100, test: 10));

        await RunAsync();

        Assert.Contains("The data set bars has been removed since the run.", await ReadAsync("report.md"), StringComparison.Ordinal);
    }

    /// <summary>A stored report may have the images that are gone.</summary>
    [Fact]
    public async Task Render_DataSetIsGone_KeepsTheStoredReport()
    {
        await PrepareAsync(ShapeSet.Sized(ShapeSet.Bars, train: 100, test: 10));
        var first = await RunAsync();
        var files = await ListAsync();

        Assert.Equal(first, await Step().RenderAsync("run", Cancellation));
        Assert.Equal(files, await ListAsync());
    }

    [Fact]
    public async Task Run_RunThatWasNotCompared_IsRefused()
    {
        await AddRunAsync();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(RunAsync);

        Assert.Equal("run: run is running and has no report yet.", refused.Message);
    }

    private Task<RunRecord> AddRunAsync(DatasetDescription? set = null) => AddedRun.StoreOn(_storage).AddAsync(
        "run", RunStatus.Running, Presets.Configure(
            new ComparisonOptions { Preset = "smoke", Models = ["model1", "model3"], Dataset = set?.Name }, _ => 1, set));

    private async Task PrepareAsync(DatasetDescription? set = null)
    {
        var files = PublishedSet.Files();
        await AddRunAsync(set);
        await new DatasetStore(_storage).UploadAsync(files, Cancellation);
        await Folder.PutSplitAsync(new SplitIndices(LabelScheme.Five, DatasetSplit.Competition, 657, [0], [1], [3, 7]), Cancellation);
        await Folder.PutPreparedDataAsync(
            new PreparedData(DatasetStore.Prefix, Folder.SplitPath, 1, 1, 2, FashionMnist.PublishedSha256, null, null), Cancellation);
        // Label 0 for the first image and 1 for the second; both are of label 0.
        var scores = new ScoredSet([3, 7], [0, 0], [4, 0, 0, 0, 0, 0, 4, 0, 0, 0]);
        await Folder.PutEvaluationAsync(SmallEvaluation.Of("model1", 1, scores), Cancellation);
        await Folder.PutComparisonAsync(new ComparedModels("model1", [Trained]), Cancellation);
    }

    private Task<WrittenReport> RunAsync() => Step().RunAsync(new RunRequest("run"), Cancellation);

    private WriteReportStep Step()
    {
        var services = TestServices.On(_storage);
        var inputs = services.Create<ReportInputReader>(new RunImages(new DatasetStore(_storage), new RegisteredSets(_storage)));
        return services.Create<WriteReportStep>(inputs);
    }

    /// <summary>The report's files by path, with the time of their last change.</summary>
    private async Task<IReadOnlyDictionary<string, DateTimeOffset>> ListAsync()
    {
        var files = new Dictionary<string, DateTimeOffset>();
        await foreach (var blob in _storage.Container(StorageNames.Runs).GetBlobsAsync(
            new() { Prefix = "run/report/" }, cancellationToken: Cancellation))
        {
            var properties = await _storage.Container(StorageNames.Runs).GetBlobClient(blob.Name).GetPropertiesAsync(
                cancellationToken: Cancellation);
            files[blob.Name["run/report/".Length..]] = properties.Value.LastModified;
        }

        return files;
    }

    private async Task<string> ReadAsync(string file) =>
        (await _storage.Container(StorageNames.Runs).GetBlobClient("run/report/" + file).DownloadContentAsync(Cancellation))
            .Value.Content.ToString();
}
