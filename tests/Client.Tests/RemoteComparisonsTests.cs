using System.Net;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Requests;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Client.Tests;

public sealed class RemoteComparisonsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_ConnectionThatIsCut_SendsTheSameKeyAgain()
    {
        using var server = new FakeServer()
            .AnswerJson("""{"items": [], "continuation": null}""")
            .Fail(HttpRequestError.ResponseEnded)
            .Answer(HttpStatusCode.Accepted, "application/json", """{"id": "run", "status": "pending"}""");
        var comparisons = new RemoteComparisons(server.Connect(), server.Time);
        await comparisons.ListAsync(RunFilter.All, RunOrder.NewestFirst, 1, null, Cancellation);

        var id = await comparisons.StartAsync(new ComparisonOptions { Preset = "smoke", Seeds = 2 }, "this-start", Cancellation);

        Assert.Equal("run", id);
        var sent = server.Requests.Where(request => request.Line == "POST /api/comparisons").ToList();
        Assert.Equal(["\"this-start\"", "\"this-start\""], sent.Select(request => request.Headers.GetValues("Idempotency-Key").Single()));
        Assert.All(sent, request => Assert.Contains("\"seeds\":2", request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_MoreThanAPage_AsksForTheNextOne()
    {
        using var server = new FakeServer()
            .AnswerJson($$"""{"items": [{{string.Join(',', Enumerable.Range(0, 100).Select(Item))}}], "continuation": "a+b"}""")
            .AnswerJson($$"""{"items": [{{Item(100)}}], "continuation": "more"}""");

        var page = await new RemoteComparisons(server.Connect(), server.Time).ListAsync(
            RunFilter.All, RunOrder.NewestFirst, 101, null, Cancellation);

        Assert.Equal(Enumerable.Range(0, 101).Select(index => $"run{index}"), page.Items.Select(run => run.Id));
        Assert.Equal(
            ["GET /api/comparisons?top=100", "GET /api/comparisons?top=1&continuation=a%2Bb"],
            server.Requests.Select(request => request.Line));
    }

    [Fact]
    public async Task Delete_ChampionsRun_GivesTheReason()
    {
        using var server = new FakeServer().AnswerProblem(HttpStatusCode.Conflict, "run: a holds the champion.");

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => new RemoteComparisons(server.Connect(), server.Time).DeleteAsync("a/b", Cancellation));

        Assert.Equal((Refusal.Conflict, "run: a holds the champion."), (refused.Reason, refused.Message));
        Assert.Equal("DELETE /api/comparisons/a%2Fb", Assert.Single(server.Requests).Line);
    }

    /// <summary>On the clock of these tests it is noon of the first of March.</summary>
    [Fact]
    public async Task PlanDeletion_Rule_SelectsAsAStorageAccountDoesAndKeepsTheChampionsRuns()
    {
        using var server = new FakeServer()
            .AnswerJson($$"""{"items": [{{Item(4, "2026-03-01")}}, {{Item(3, "2026-01-03")}}], "continuation": "a"}""")
            .AnswerJson($$"""{"items": [{{Item(2, "2026-01-02")}}, {{Item(1, "2026-01-01")}}], "continuation": null}""")
            .AnswerJson("""{"items": [{"dataset": null}, {"dataset": "shapes"}, {"dataset": null}], "continuation": null}""")
            .AnswerJson($$"""{"items": [{{Promotion("run9", "first")}}], "continuation": null}""")
            .AnswerJson($$"""{"items": [{{Promotion("run2", "hand")}}, {{Promotion("run8", "first")}}], "continuation": null}""");

        var rule = new CleanRule(TimeSpan.FromDays(30), Keep: 1, RunStatus.Completed);
        var plan = await new RemoteComparisons(server.Connect(), server.Time).PlanDeletionAsync(rule, Cancellation);

        Assert.Equal(["run3", "run1"], plan.Runs.Select(run => run.Run.Id));
        Assert.Equal(
            new KeptRun("run2", "run: run2 holds the champion run2/model1/seed-1, with which predictions are made; roll back first."),
            Assert.Single(plan.Kept));
        Assert.Equal("GET /api/comparisons?status=completed&top=100", server.Requests[0].Line);
        Assert.Equal("GET /api/models/champion/history?top=100&dataset=shapes", server.Requests[^1].Line);
    }

    private static string Promotion(string run, string cause) => $$"""
        {"id": "{{run}}/model1/seed-1", "runId": "{{run}}", "model": "model1", "seed": 1, "promotedAt": "2026-03-01T12:00:00Z",
         "cause": "{{cause}}", "reason": "for the test", "pValue": null}
        """;

    private static string Item(int index) => Item(index, "2026-03-01");

    private static string Item(int index, string day) => $$"""
        {"id": "run{{index}}", "status": "completed", "createdAt": "{{day}}T00:00:00Z", "startedAt": null, "finishedAt": null,
         "preset": "smoke", "models": ["model1"], "winner": "model1", "error": null}
        """;
}
