using System.Text.Json;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class EditVerbTests(StorageFixture storage)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Edit_NameTagsAndNote_AreStoredAndShown()
    {
        var account = await storage.NewAccountAsync();
        var runs = await StoredRuns.AddAsync(account, "first-run", RunStatus.Completed, 1, "model1");
        await runs.UpdateAsync("first-run", run => run with { Description = RunDescription.Of("old", ["a", "b"], null) }, Cancellation);

        var edited = await FashionProgram.RunAsync(
            account, "edit", "latest", "--name", "New name", "--tag", "+c", "--tag", "-a", "--tag", "d", "--note", "first\nsecond");
        var shown = await FashionProgram.RunAsync(account, "show", "New name");

        Assert.Equal("run first-run\nname: New name\ntags: b c d\nnotes: first\n       second", edited.Output.TrimEnd());
        Assert.Contains("name: New name\ntags: b c d\nnotes: first\n       second\n", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_EmptyTexts_RemovesThem()
    {
        var account = await storage.NewAccountAsync();
        var runs = await StoredRuns.AddAsync(account, "run", RunStatus.Running, 1, "model1");
        await runs.UpdateAsync("run", run => run with { Description = RunDescription.Of("name", ["a"], "notes") }, Cancellation);

        var edited = await FashionProgram.RunAsync(account, "edit", "run", "--name", "", "--note", "", "--json");

        Assert.Equal(
            """{"runId":"run","name":null,"tags":["a"],"notes":null}""",
            JsonSerializer.Serialize(JsonDocument.Parse(edited.Output).RootElement));
    }
}
