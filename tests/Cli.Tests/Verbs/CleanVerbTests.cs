using System.Text.Json;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class CleanVerbTests(StorageFixture storage)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clean_FailedRunsAfterADryRun_DeletesWhatTheDryRunListed()
    {
        var account = await storage.NewAccountAsync();
        var runs = await StoredRuns.AddAsync(account, "first", RunStatus.Failed, 1, "model1");
        await StoredRuns.AddAsync(account, "second", RunStatus.Completed, 1, "model1");

        var dry = await FashionProgram.RunAsync(account, "clean", "--status", "failed", "--dry-run");
        Assert.Equal(2, (await runs.ListAsync(10, null, Cancellation)).Items.Count);
        var cleaned = await FashionProgram.RunAsync(account, "clean", "--status", "failed", "--yes", "--json");

        Assert.Matches("^first  failed +[0-9.]+ kB\nnothing deleted: this is a dry run$", dry.Output.Trim());
        var document = JsonDocument.Parse(cleaned.Output).RootElement;
        Assert.Equal(["first"], document.GetProperty("deleted").EnumerateArray().Select(id => id.GetString()));
        Assert.True(document.GetProperty("bytes").GetInt64() > 0);
        Assert.Equal(["second"], (await runs.ListAsync(10, null, Cancellation)).Items.Select(run => run.Id));
    }

    [Fact]
    public async Task Clean_NothingFits_SaysSo()
    {
        var account = await storage.NewAccountAsync();
        await StoredRuns.AddAsync(account, "first", RunStatus.Failed, 1, "model1");

        var result = await FashionProgram.RunAsync(account, "clean", "--older-than", "30d", "--keep", "10", "--yes");

        Assert.Equal((0, "nothing to delete"), (result.ExitCode, result.Output.TrimEnd()));
    }
}
