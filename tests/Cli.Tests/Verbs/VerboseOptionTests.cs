using System.Text.Json;
using ServerlessFashion.Datasets;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class VerboseOptionTests(StorageFixture storage) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fashion-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Compare_Verbose_WritesRecordsOfItselfAndItsTrainingsToStandardErrorAlone()
    {
        Assert.SkipUnless(FashionMnistFiles.AreIn("/usr/share/datasets/fashion-mnist"), "Needs the package dataset-fashion-mnist.");
        var account = await storage.NewAccountAsync();

        var result = await FashionProgram.RunAsync(
            account, "compare", "--preset", "smoke", "--models", "model1", "--epochs", "model1=1", "--output", _folder, "--json",
            "--verbose");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("completed", JsonDocument.Parse(result.Output).RootElement.GetProperty("status").GetString());
        Assert.Matches(
            @"(?m)^\d\d:\d\d:\d\d\.\d{3} information  14 \[fashion \d+\] Step PrepareData ended after [\d.]+ s: run ", result.Error);
        Assert.Matches(@"(?m)^\d\d:\d\d:\d\d\.\d{3} information 100 \[TrainSlice \d+\] model1 seed 1: epoch 1 of 1, ", result.Error);
    }

    [Fact]
    public async Task Runs_LogFile_AppendsRecordsThere()
    {
        var file = Path.Combine(_folder, "fashion.log");
        var environment = new Dictionary<string, string> { ["FASHION_LOG"] = $"debug:{file}" };
        await File.WriteAllTextAsync(file, "before\n", TestContext.Current.CancellationToken);

        var result = await FashionProgram.RunAsync(await storage.NewAccountAsync(), environment, "runs");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("before\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_NoLogAskedFor_WritesNothingToStandardError()
    {
        var result = await FashionProgram.RunAsync(await storage.NewAccountAsync(), "runs");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Runs_UnknownLevel_ExitsWith2AndNamesTheSetting()
    {
        var environment = new Dictionary<string, string> { ["FASHION_LOG"] = "loud" };

        var result = await FashionProgram.RunAsync(await storage.NewAccountAsync(), environment, "runs");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("fashion: FASHION_LOG: expected trace, debug,", result.Error, StringComparison.Ordinal);
    }
}
