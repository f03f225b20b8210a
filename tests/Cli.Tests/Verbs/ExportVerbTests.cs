using System.Text.Json;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class ExportVerbTests(StorageFixture storage)
{
    [Fact]
    public async Task Export_ModelOfTheLatestRun_WritesItsFilesAndRefusesAForeignFolder()
    {
        var account = await storage.NewAccountAsync();
        await StoredRuns.AddAsync(account, "run", RunStatus.Completed, 1, "model1");
        var connected = FashionStorage.Connect(account);
        await RegisteredModel.AddAsync(connected, new ModelRegistry(connected, TimeProvider.System), "run", "model1");
        await StoredEvaluation.AddAsync(connected, "run", "model1");
        using var folder = new TemporaryFolder();
        var target = folder.File("model");

        var exported = await FashionProgram.RunAsync(account, "export", "latest/model1", "--output", target, "--json");
        var again = await FashionProgram.RunAsync(account, "export", "run/model1", "--output", target);
        File.Delete(Path.Combine(target, "MODEL_CARD.md"));
        var foreign = await FashionProgram.RunAsync(account, "export", "run/model1", "--output", target);

        Assert.True(exported.ExitCode == 0, exported.Error);
        var document = JsonDocument.Parse(exported.Output).RootElement;
        Assert.Equal("run/model1/seed-1", document.GetProperty("model").GetString());
        Assert.Equal($"run/model1/seed-1: {Path.Combine(target, "MODEL_CARD.md")} says how to use it", again.Output.TrimEnd());
        Assert.Equal(2, foreign.ExitCode);
        Assert.Contains("exists and is not an earlier export of run/model1/seed-1", foreign.Error, StringComparison.Ordinal);
    }
}
