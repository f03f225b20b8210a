using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessFashion.Datasets;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Cli.Tests.Verbs;

/// <summary>Whole comparisons on the real images, as small as they get.</summary>
public sealed class CompareVerbTests(StorageFixture storage) : IDisposable
{
    private static readonly string[] OneModel = ["compare", "--preset", "smoke", "--models", "model1", "--epochs", "model1=4"];

    private readonly string _output = Directory.CreateTempSubdirectory("fashion-").FullName;

    public void Dispose() => Directory.Delete(_output, recursive: true);

    [Fact]
    public async Task Compare_OneModel_WritesTheReportOfTheContract()
    {
        SkipWithoutData();
        var account = await storage.NewAccountAsync();

        var result = await FashionProgram.RunAsync(account, [.. OneModel, "--output", _output, "--json"]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("completed", JsonDocument.Parse(result.Output).RootElement.GetProperty("status").GetString());
        foreach (var file in new[]
        {
            "index.html", "report.md", "report.json", "submission-model1.csv", "tables/comparison.csv", "plots/accuracy-all.svg",
            "plots/accuracy-all.png",
        })
        {
            Assert.True(File.Exists(Path.Combine(_output, file)), file);
        }

        var report = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(_output, "report.json"), TestContext.Current.CancellationToken)).RootElement;
        var model = Assert.Single(report.GetProperty("models").EnumerateArray());
        Assert.Equal(346_821, model.GetProperty("parameters").GetInt64());
        Assert.Equal("cpu", model.GetProperty("device").GetProperty("kind").GetString());
        Assert.Equal("cpu", report.GetProperty("environment").GetProperty("device").GetProperty("kind").GetString());
        Assert.Equal("auto", report.GetProperty("configuration").GetProperty("device").GetString());
        Assert.Equal(4, model.GetProperty("history").GetArrayLength());
        Assert.Equal(1000, model.GetProperty("confusion").EnumerateArray().Sum(row => row.EnumerateArray().Sum(cell => cell.GetInt32())));
    }

    [Fact]
    public async Task Compare_KilledAndResumed_EndsWithTheSameWeightsAndPredictions()
    {
        SkipWithoutData();
        var account = await storage.NewAccountAsync();
        var whole = await RunIdAsync(account, OneModel);

        using var killed = FashionProgram.Start(account, "epoch 2/4", OneModel);
        await killed.MarkerAsync();
        killed.KillTree();
        await killed.EndAsync();
        var list = await FashionProgram.RunAsync(account, "runs", "--json");
        var interrupted = JsonDocument.Parse(list.Output).RootElement[0].GetProperty("id").GetString()!;
        await RunIdAsync(account, "compare", "--resume", interrupted);

        Assert.NotEqual(whole, interrupted);
        Assert.Equal(await TensorsAsync(account, whole), await TensorsAsync(account, interrupted));
        Assert.Equal(await BlobAsync(account, whole, "predictions.csv"), await BlobAsync(account, interrupted, "predictions.csv"));
    }

    [Fact]
    public async Task Compare_CtrlC_StopsCleanlyAndSaysHowToGoOn()
    {
        SkipWithoutData();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a Unix signal.");
        var account = await storage.NewAccountAsync();
        using var program = FashionProgram.Start(
            account, "epoch 1/", "compare", "--preset", "smoke", "--models", "model1", "--epochs", "model1=1000", "--output", _output);
        await program.MarkerAsync();

        program.Interrupt();
        var result = await program.EndAsync();

        Assert.Equal(130, result.ExitCode);
        Assert.Matches(
            "\nstopped, 0 of 1 training done; continue with: ./fashion compare --resume [a-z0-9-]+ "
            + $"--output {Regex.Escape(_output)}(?!\\S)",
            result.Output);
        var list = await FashionProgram.RunAsync(account, "runs", "--json");
        Assert.Equal("cancelled", JsonDocument.Parse(list.Output).RootElement[0].GetProperty("status").GetString());
    }

    /// <summary>Whether the first step has begun by then or not.</summary>
    [Fact]
    public async Task Compare_CtrlCAtOnce_SaysHowToGoOn()
    {
        SkipWithoutData();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends a Unix signal.");
        var called = new Dictionary<string, string> { ["FASHION_COMMAND"] = "../my tools/fashion" };
        using var program = FashionProgram.Start(await storage.NewAccountAsync(), "run 2", called, [.. OneModel, "--output", _output]);
        await program.MarkerAsync();

        program.Interrupt();
        var result = await program.EndAsync();

        Assert.Equal(130, result.ExitCode);
        Assert.Contains(
            "continue with: '../my tools/fashion' compare --resume ", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfTwoRuns_HasTheModelsOfBoth()
    {
        SkipWithoutData();
        var account = await storage.NewAccountAsync();
        string[] shortest = ["compare", "--preset", "smoke", "--models", "model1", "--epochs", "model1=1"];
        var (first, second) = (await RunIdAsync(account, shortest), await RunIdAsync(account, [.. shortest, "--seeds", "2"]));

        var result = await FashionProgram.RunAsync(account, "report", first, second, "--output", _output);

        Assert.True(result.ExitCode == 0, result.Error);
        var rows = await File.ReadAllLinesAsync(Path.Combine(_output, "tables", "runs.csv"), TestContext.Current.CancellationToken);
        Assert.Equal([first, second], rows.Skip(1).Select(row => row.Split(',')[0]));
        var report = await File.ReadAllTextAsync(Path.Combine(_output, "report.md"), TestContext.Current.CancellationToken);
        Assert.Contains("±", report, StringComparison.Ordinal);

        var store = Path.Combine(_output, "mlruns");
        var exported = await FashionProgram.RunAsync(account, "report", first, second, "--format", "mlflow", "--output", store);
        Assert.True(exported.ExitCode == 0, exported.Error);
        // One run for each comparison, and one for each of the three trainings.
        Assert.Equal(5, Directory.GetFiles(store, "mlflow.runName", SearchOption.AllDirectories).Length);
        Assert.Equal(3, Directory.GetFiles(store, "model.onnx", SearchOption.AllDirectories).Length);
        Assert.Equal(2, Directory.GetFiles(store, "report.json", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Compare_NameTagsAndNote_AreStoredWithTheRun()
    {
        SkipWithoutData();
        var account = await storage.NewAccountAsync();
        var id = await RunIdAsync(
            account, "compare", "--preset", "smoke", "--models", "model1", "--epochs", "model1=1",
            "--name", " First try ", "--tag", "night", "--tag", "cpu", "--tag", "night", "--note", "one\ntwo");

        var shown = await FashionProgram.RunAsync(account, "show", "First try", "--json");
        var listed = await FashionProgram.RunAsync(account, "runs", "--tag", "cpu", "--json");

        Assert.True(shown.ExitCode == 0, shown.Error);
        var run = JsonDocument.Parse(shown.Output).RootElement.GetProperty("run");
        Assert.Equal((id, "completed"), (run.GetProperty("id").GetString(), run.GetProperty("status").GetString()));
        foreach (var document in new[] { run, Assert.Single(JsonDocument.Parse(listed.Output).RootElement.EnumerateArray()) })
        {
            Assert.Equal("First try", document.GetProperty("name").GetString());
            Assert.Equal(["night", "cpu"], document.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
            Assert.Equal("one\ntwo", document.GetProperty("notes").GetString());
        }
    }

    [Fact]
    public async Task Report_SameRunTwice_IsBadInput()
    {
        var result = await FashionProgram.RunAsync(await storage.NewAccountAsync(), "report", "a", "a", "--output", _output);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("run: a is named twice", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_FinishedRunResumed_RepeatsNothing()
    {
        SkipWithoutData();
        var account = await storage.NewAccountAsync();
        var run = await RunIdAsync(account, OneModel);

        var again = await FashionProgram.RunAsync(account, "compare", "--resume", run, "--output", _output);

        Assert.Equal(0, again.ExitCode);
        Assert.DoesNotContain("epoch 1/", again.Output, StringComparison.Ordinal);
        Assert.Contains("winner: model1", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_CompletedRunWithAFailedModelResumed_TrainsAndRegistersItAndRecordsTheWinner()
    {
        SkipWithoutData();
        var account = await storage.NewAccountAsync();
        var runs = await StoredRuns.AddAsync(account, "run", RunStatus.Pending, 1, "model1", "model3");
        var pointer = FashionStorage.Connect(account).Container(StorageNames.Runs).GetBlobClient(
            "run/model3/seed-1/checkpoints/pointer.json");
        await pointer.UploadAsync(BinaryData.FromString("no pointer"), TestContext.Current.CancellationToken);

        var first = await FashionProgram.RunAsync(account, "compare", "--resume", "run", "--output", _output);
        await pointer.DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);
        var second = await FashionProgram.RunAsync(account, "compare", "--resume", "run", "--output", _output, "--json");
        var models = await FashionProgram.RunAsync(account, "models", "--json");

        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("model3 seed 1 failed", first.Output, StringComparison.Ordinal);
        Assert.True(second.ExitCode == 0, second.Error);
        var result = JsonDocument.Parse(second.Output).RootElement;
        Assert.All(
            result.GetProperty("trainings").EnumerateArray(),
            training => Assert.Equal(JsonValueKind.Null, training.GetProperty("error").ValueKind));
        Assert.Equal(result.GetProperty("winner").GetString(), (await runs.GetAsync("run", TestContext.Current.CancellationToken)).Winner);
        Assert.Equal(
            ["model1", "model3"],
            JsonDocument.Parse(models.Output).RootElement.GetProperty("models").EnumerateArray()
                .Select(model => model.GetProperty("model").GetString()));
    }

    private static void SkipWithoutData() => Assert.SkipUnless(
        FashionMnistFiles.AreIn("/usr/share/datasets/fashion-mnist"), "Needs the package dataset-fashion-mnist.");

    private async Task<string> RunIdAsync(string account, params string[] arguments)
    {
        var result = await FashionProgram.RunAsync(account, [.. arguments, "--output", _output, "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("runId").GetString()!;
    }

    private static async Task<byte[]> BlobAsync(string account, string run, string file)
    {
        var blob = FashionStorage.Connect(account).Container(StorageNames.Runs).GetBlobClient(
            StorageNames.TrainingFolder(run, "model1", 1) + file);
        return (await blob.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray();
    }

    /// <summary>The tensor bytes of model.safetensors: all that follows its header, which names the run.</summary>
    private static async Task<byte[]> TensorsAsync(string account, string run)
    {
        var file = await BlobAsync(account, run, "model.safetensors");
        return file[(8 + (int)BitConverter.ToInt64(file))..];
    }
}
