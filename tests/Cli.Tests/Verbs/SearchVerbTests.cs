using System.Text.Json;
using ServerlessFashion.Datasets;

namespace ServerlessFashion.Cli.Tests.Verbs;

/// <summary>A search by the built program.</summary>
public sealed class SearchVerbTests(StorageFixture storage) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fashion-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// By hand: 3 trials with the 6 epochs of the preset make rungs of 3 trials to epoch 2 and 1 trial to epoch 6. The trials follow from
    /// the seed, so another run of the same search draws and trains the same.
    /// </summary>
    [Fact]
    public async Task Page_LinesAsTheyStand_AndTheSameSearchKilledAndResumed_GiveTheSameTrials()
    {
        Assert.SkipUnless(
            FashionMnistFiles.AreIn("/usr/share/datasets/fashion-mnist"), "Needs the package dataset-fashion-mnist.");
        var account = await storage.NewAccountAsync();
        var lines = await LinesOfPageAsync();
        Directory.CreateSymbolicLink(Path.Combine(_folder, "docs"), Path.Combine(AppContext.BaseDirectory, "docs"));

        var result = await FashionProgram.RunScriptAsync(
            account, $"set -e; cd '{_folder}'\n{lines.Replace("./fashion", "\"$FASHION\"", StringComparison.Ordinal)}");

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        var search = JsonDocument.Parse(await ReadAsync("out/report.json")).RootElement.GetProperty("search");
        var trials = search.GetProperty("trials").EnumerateArray().ToList();
        Assert.Equal([6, 2, 2], trials.Select(trial => trial.GetProperty("epochs").GetInt32()));
        Assert.Equal(trials[0].GetProperty("trial").GetProperty("name").GetString(), search.GetProperty("best").GetString());
        Assert.Contains($"\"{search.GetProperty("best").GetString()}\"", await ReadAsync("out/report.md"), StringComparison.Ordinal);

        await KillAndResumeAsync(account, lines.Split('\n')[0]);

        Assert.Equal(await ReadAsync("out/tables/trials.csv"), await ReadAsync("resumed/tables/trials.csv"));
    }

    private async Task KillAndResumeAsync(string account, string line)
    {
        string[] search =
        [
            .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
                .Select(word => word.StartsWith("docs/", StringComparison.Ordinal) ? Path.Combine(_folder, word) : word),
        ];
        search[^1] = Path.Combine(_folder, "killed");
        using var killed = FashionProgram.Start(account, "model1-trial-02", search);
        await killed.MarkerAsync();
        killed.KillTree();
        await killed.EndAsync();
        var resumed = await FashionProgram.RunAsync(
            account, "compare", "--resume", "latest", "--output", Path.Combine(_folder, "resumed"));
        Assert.True(resumed.ExitCode == 0, resumed.Error + resumed.Output);
    }

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(_folder, file), Cancellation);

    private static async Task<string> LinesOfPageAsync()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "search.md"), Cancellation);
        return page.Split("```bash\n")[1].Split("```")[0];
    }
}
