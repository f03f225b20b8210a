using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessFashion.EndToEnd;

/// <summary><c>fashion compare --server</c>: runs at the server that the command line program starts, watches and leaves.</summary>
public sealed partial class ClientRunTests(ServedSystem system) : IDisposable
{
    private static readonly string[] Small =
        ["--preset", "smoke", "--models", "model1,model3", "--epochs", "model1=2", "--epochs", "model3=1"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fashion-client-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Compare_AtTheServer_GivesTheReportOfTheServerAndTheFiguresOfALocalRun()
    {
        system.Require();

        var remote = await FashionClient.RunAtAsync(
            system.Http.BaseAddress!, ["compare", .. Small, "--output", Folder("remote"), "--json"]);

        Assert.True(remote.ExitCode == 0, remote.ToString());
        var result = JsonDocument.Parse(remote.Output).RootElement;
        var id = result.GetProperty("runId").GetString()!;
        Assert.Equal("completed", result.GetProperty("status").GetString());
        Assert.Equal(Folder("remote"), result.GetProperty("report").GetString());
        await FashionClient.RunOnAsync(system.Storage, "report", id, "--output", Folder("stored"));
        ReportFolders.AssertEqual(Folder("stored"), Folder("remote"));

        // The bits of a training depend on its number of threads.
        Assert.SkipUnless(system.IsOurs, "Another host may train with another number of threads.");
        var local = await FashionClient.RunOnAsync(system.NewAccount(), ["compare", .. Small, "--output", Folder("local"), "--json"]);
        Assert.True(local.ExitCode == 0, local.ToString());
        ReportFolders.AssertSameFigures(Folder("local"), Folder("remote"));
        Assert.Equal(Outcomes(local.Output), Outcomes(remote.Output));
    }

    [Fact]
    public async Task Compare_Interrupted_LeavesTheRunToTheServerAndSaysHowToComeBack()
    {
        system.Require();
        await using var client = FashionClient.StartAt(
            system.Http.BaseAddress!, "epoch 1/10000", "compare", "--preset", "smoke", "--models", "model1", "--epochs", "model1=10000",
            "--output", Folder("out"));
        await client.MarkerAsync();
        var libraries = OperatingSystem.IsLinux() ? await File.ReadAllTextAsync($"/proc/{client.ProcessId}/maps", Cancellation) : "";

        client.Interrupt();
        var left = await client.EndAsync();

        Assert.Equal(130, left.ExitCode);
        var id = WayBack().Match(left.Output).Groups["id"].Value;
        Assert.NotEqual("", id);
        Assert.DoesNotContain("torch", libraries, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("running", (await system.GetAsync($"comparisons/{id}")).GetProperty("status").GetString());

        await using var again = FashionClient.StartAt(
            system.Http.BaseAddress!, "epoch ", "compare", "--resume", id, "--output", Folder("out"));
        await again.MarkerAsync();
        var cancelled = await FashionClient.RunAtAsync(system.Http.BaseAddress!, "cancel", id);
        var ended = await again.EndAsync();

        Assert.Equal((0, 130), (cancelled.ExitCode, ended.ExitCode));
        Assert.Contains($"./fashion compare --resume {id}", ended.Output, StringComparison.Ordinal);
        await DeleteOnceItHasEndedAsync(id);
        Assert.Equal(2, (await FashionClient.RunAtAsync(system.Http.BaseAddress!, "show", id)).ExitCode);
    }

    [Fact]
    public async Task Compare_ServerIsKilledAndStartedAgain_IsWatchedToItsEnd()
    {
        system.Require();
        Assert.SkipUnless(system.IsOurs, "The server was started by somebody else.");
        await using var client = FashionClient.StartAt(
            system.Http.BaseAddress!, "epoch 2/25", "compare", "--preset", "smoke", "--models", "model1", "--epochs", "model1=25",
            "--output", Folder("out"));
        await client.MarkerAsync();

        await system.RestartServerAsync();
        var result = await client.EndAsync();

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("epoch 25/25", result.Output, StringComparison.Ordinal);
        Assert.Contains("winner: model1", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Folder("out/index.html")));
    }

    [Fact]
    public async Task Compare_BadOption_HasTheErrorOfTheServer()
    {
        system.Require();

        var result = await FashionClient.RunAtAsync(system.Http.BaseAddress!, "compare", "--preset", "huge", "--output", Folder("out"));

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("fashion: preset: 'huge' is not a preset", result.Error, StringComparison.Ordinal);
    }

    /// <summary>The host lets a run go a moment after its status says that it has ended; until then a deletion is refused.</summary>
    private async Task DeleteOnceItHasEndedAsync(string id)
    {
        CommandResult deleted;
        do
        {
            deleted = await FashionClient.RunAtAsync(system.Http.BaseAddress!, "delete", id, "--yes");
        }
        while (deleted.ExitCode != 0 && deleted.Error.Contains("a process still works on", StringComparison.Ordinal));

        Assert.True(deleted.ExitCode == 0, deleted.ToString());
    }

    private static string Outcomes(string document)
    {
        var result = JsonDocument.Parse(document).RootElement;
        // A run on this machine lists the longest training first.
        var trainings = result.GetProperty("trainings").EnumerateArray()
            .Select(training => training.GetRawText()).Order(StringComparer.Ordinal);
        return $"{result.GetProperty("winner")} {result.GetProperty("error")} {string.Join(' ', trainings)}";
    }

    private string Folder(string name) => Path.Combine(_folder.FullName, name);

    [GeneratedRegex("the run goes on at the server; continue with: ./fashion compare --resume (?<id>[a-z0-9-]+)")]
    private static partial Regex WayBack();
}
