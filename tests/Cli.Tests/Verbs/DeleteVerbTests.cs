using System.Text.Json;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class DeleteVerbTests(StorageFixture storage)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delete_WithYes_DeletesEveryRun()
    {
        var account = await storage.NewAccountAsync();
        var runs = await StoredRuns.AddAsync(account, "first", RunStatus.Failed, 1, "model1");
        await StoredRuns.AddAsync(account, "second", RunStatus.Cancelled, 1, "model1");
        await StoredRuns.AddAsync(account, "third", RunStatus.Cancelled, 1, "model1");

        var result = await FashionProgram.RunAsync(account, "delete", "first", "second", "--yes", "--json");

        Assert.True(result.ExitCode == 0, result.Error);
        var deleted = JsonDocument.Parse(result.Output).RootElement.GetProperty("deleted");
        Assert.Equal(["first", "second"], deleted.EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(["third"], (await runs.ListAsync(10, null, Cancellation)).Items.Select(run => run.Id));
    }

    [Fact]
    public async Task Delete_WithoutYesAndWithoutATerminal_IsRefusedWithTheRemedy()
    {
        var account = await storage.NewAccountAsync();
        var runs = await StoredRuns.AddAsync(account, "run", RunStatus.Failed, 1, "model1");

        var result = await FashionProgram.RunAsync(account, "delete", "run");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            "fashion: delete: there is no terminal for a confirmation; add --yes to delete without one, or --dry-run to see what would go.",
            result.Error.TrimEnd());
        Assert.NotNull(await runs.FindAsync("run", Cancellation));
    }

    [Fact]
    public async Task Delete_RunThatHasNotEnded_IsRefusedWithTheRemedy()
    {
        var account = await storage.NewAccountAsync();
        var runs = await StoredRuns.AddAsync(account, "run", RunStatus.Running, 1, "model1");

        var result = await FashionProgram.RunAsync(account, "delete", "run", "--yes");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("fashion: run: run is running; cancel it, then delete it once it is cancelled.", result.Error.TrimEnd());
        Assert.NotNull(await runs.FindAsync("run", Cancellation));
    }
}
