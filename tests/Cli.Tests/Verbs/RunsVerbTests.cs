using System.Text.Json;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Tests.Verbs;

public sealed class RunsVerbTests(StorageFixture storage)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The document is a contract: it has had the configuration of each run from the beginning.</summary>
    [Fact]
    public async Task Runs_Json_HasTheConfigurationOfEachRun()
    {
        var account = await storage.NewAccountAsync();
        await StoredRuns.AddAsync(account, "run", RunStatus.Running, 4, "model1");

        var json = await FashionProgram.RunAsync(account, "runs", "--json");

        var run = Assert.Single(JsonDocument.Parse(json.Output).RootElement.EnumerateArray());
        Assert.Equal(("run", "running"), (run.GetProperty("id").GetString(), run.GetProperty("status").GetString()));
        var model = Assert.Single(run.GetProperty("configuration").GetProperty("models").EnumerateArray());
        Assert.Equal("model1", model.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Runs_CompletedRun_ShowsNameTagsFiguresAndDuration()
    {
        var account = await storage.NewAccountAsync();
        await AddTwoAsync(account);

        var text = await FashionProgram.RunAsync(account, "runs");

        var lines = text.Output.Split('\n');
        Assert.Equal(
            ["Run", "Name", "Status", "Valid.", "Test", "Time", "Winner", "Created (UTC)"],
            lines[1].Split('│', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Equal(
            ["second", "-", "failed", "-", "-", "-", "-"], Cells(lines[3])[..7].Select(cell => cell is "" ? "-" : cell));
        Assert.Equal(["first", "Base #night", "completed", "0.7500", "0.7000", "1:30", "model1"], Cells(lines[4])[..7]);
        Assert.Contains("accuracy of the winner's best seed", text.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first", "--status", "completed")]
    [InlineData("first", "--tag", "night")]
    [InlineData("second", "--model", "model3")]
    [InlineData("second first", "--since", "1d")]
    [InlineData("first", "--search", "bas")]
    [InlineData("first second", "--sort", "validation")]
    [InlineData("first second", "--order", "asc")]
    [InlineData("second", "--top", "1")]
    public async Task Runs_FilterOrSort_GivesTheseRuns(string expected, params string[] arguments)
    {
        var account = await storage.NewAccountAsync();
        await AddTwoAsync(account);

        var json = await FashionProgram.RunAsync(account, ["runs", "--json", .. arguments]);

        Assert.True(json.ExitCode == 0, json.Error);
        var ids = JsonDocument.Parse(json.Output).RootElement.EnumerateArray().Select(run => run.GetProperty("id").GetString());
        Assert.Equal(expected, string.Join(' ', ids));
    }

    [Fact]
    public async Task Runs_NoneMatches_SaysSo()
    {
        var account = await storage.NewAccountAsync();
        await AddTwoAsync(account);

        Assert.Equal("no runs match", (await FashionProgram.RunAsync(account, "runs", "--tag", "none")).Output.TrimEnd());
    }

    private static string[] Cells(string line) => line.Split('│')[1..^1].Select(cell => cell.Trim()).ToArray();

    /// <summary>The second run is a minute younger, has no name and failed without a result.</summary>
    private static async Task AddTwoAsync(string account)
    {
        var runs = await StoredRuns.AddAsync(account, "first", RunStatus.Running, 1, "model1");
        await runs.UpdateAsync(
            "first",
            run => run with
            {
                Status = RunStatus.Completed,
                StartedAt = run.CreatedAt,
                FinishedAt = run.CreatedAt.AddSeconds(90),
                Winner = "model1",
                Best = new EvaluatedModel("model1", 1, .75, .7),
                Description = RunDescription.Of("Base", ["night"], null),
            },
            Cancellation);
        await StoredRuns.AddAsync(account, "second", RunStatus.Failed, 1, "model3");
    }
}
