using System.Net;
using System.Text.Json;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>The list of runs with filters, in other orders, and page by page.</summary>
public sealed class ComparisonListTests(AzuriteFixture azurite)
{
    private static readonly EvaluatedModel Model1 = new("model1", 2, .75, .7);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_CompletedRun_ShowsWhatPeopleWroteItsBestModelAndItsDuration()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await AddAsync(server, "run", RunDescription.Of("First try", ["night", "gpu"], "one\ntwo"), Model1, seconds: 90);

        var answer = await server.Http.GetAsync("comparisons", Cancellation).JsonAsync();

        var run = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(("First try", "one\ntwo", "model1"), (run.Text("name"), run.Text("notes"), run.Text("winner")));
        Assert.Equal(["night", "gpu"], run.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(90, run.GetProperty("durationSeconds").GetDouble());
        Assert.Equal(
            """{"model":"model1","seed":2,"validationAccuracy":0.75,"testAccuracy":0.7}""",
            JsonSerializer.Serialize(run.GetProperty("best")));
    }

    [Theory]
    [InlineData("status=failed", "c")]
    [InlineData("tag=night", "b a")]
    [InlineData("tag=Night", "")]
    [InlineData("model=model3", "c")]
    [InlineData("since=2026-03-01T12:02Z", "c b")]
    [InlineData("since=2026-03-02", "")]
    [InlineData("since=90m", "c b a")]
    [InlineData("search=BETA", "b")]
    [InlineData("search=night&status=completed", "b a")]
    [InlineData("sort=name", "a b c")]
    [InlineData("sort=name&order=desc", "b a c")]
    [InlineData("sort=validation", "b a c")]
    [InlineData("sort=validation&order=asc", "a b c")]
    [InlineData("sort=test", "a b c")]
    [InlineData("sort=duration", "b a c")]
    [InlineData("sort=created&order=asc", "a b c")]
    public async Task List_FilterAndSort_GiveTheseRuns(string query, string expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await AddThreeAsync(server);

        var answer = await server.Http.GetAsync($"comparisons?{query}", Cancellation).JsonAsync();

        Assert.Equal(expected, string.Join(' ', answer.Texts("items", "id")));
    }

    [Theory]
    [InlineData("sort=name")]
    [InlineData("sort=validation&tag=night")]
    [InlineData("")]
    public async Task List_RunIsAddedBetweenPages_RepeatsAndSkipsNone(string query)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await AddThreeAsync(server);
        var all = await server.Http.GetAsync($"comparisons?{query}", Cancellation).JsonAsync();

        var first = await server.Http.GetAsync($"comparisons?{query}&top=1", Cancellation).JsonAsync();
        await AddAsync(server, "new", RunDescription.Of("A", ["night"], null), new EvaluatedModel("model1", 1, .99, .99), seconds: 1);
        var rest = await server.Http.GetAsync($"comparisons?{query}&continuation={first.Text("continuation")}", Cancellation).JsonAsync();

        Assert.Equal(all.Texts("items", "id"), first.Texts("items", "id").Concat(rest.Texts("items", "id")));
        Assert.Null(rest.GetProperty("continuation").GetString());
    }

    [Theory]
    [InlineData("status=done", "status: expected pending, running, completed, failed or cancelled, found 'done'.")]
    [InlineData("sort=accuracy", "sort: expected created, name, validation, test or duration, found 'accuracy'.")]
    [InlineData("order=up", "order: expected asc or desc, found 'up'.")]
    [InlineData(
        "since=yesterday",
        "since: expected a date such as 2026-03-01, a time such as 2026-03-01T12:00Z, or an age such as 7d, found 'yesterday'.")]
    public async Task List_BadParameter_IsNamed(string query, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        Assert.Equal(detail, await server.Http.GetAsync($"comparisons?{query}", Cancellation).ProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task List_ContinuationOfAnotherOrder_IsRefused()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await AddThreeAsync(server);
        var first = await server.Http.GetAsync("comparisons?sort=name&top=1", Cancellation).JsonAsync();

        var problem = await server.Http.GetAsync($"comparisons?sort=test&continuation={first.Text("continuation")}", Cancellation)
            .ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal(
            "continuation: it belongs to a list of another order; ask for each page with the same sort and order.", problem);
    }

    /// <summary>Run c has no name and failed without a result.</summary>
    private static async Task AddThreeAsync(ApiServer server)
    {
        await AddAsync(server, "a", RunDescription.Of("alpha", ["night"], null), Model1, seconds: 50);
        await AddAsync(
            server, "b", RunDescription.Of("Beta", ["night", "gpu"], null), new EvaluatedModel("model1", 1, .8, .6), seconds: 60);
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var run = RunRecord.Of("c", RunStatus.Failed, server.Time.GetUtcNow(), ApiServer.Define("model3").Configuration);
        await server.Runs.CreateAsync(run, ApiServer.Define("model3"), Cancellation);
    }

    private static async Task AddAsync(
        ApiServer server, string id, RunDescription description, EvaluatedModel best, double seconds)
    {
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var definition = ApiServer.Define("model1");
        var now = server.Time.GetUtcNow();
        var run = RunRecord.Of(id, RunStatus.Completed, now, definition.Configuration) with
        {
            StartedAt = now,
            FinishedAt = now.AddSeconds(seconds),
            Description = description,
            Winner = best.Model,
            Best = best,
        };
        await server.Runs.CreateAsync(run, definition, Cancellation);
    }
}
