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
        var comparisons = new RemoteComparisons(server.Connect());
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

        var page = await new RemoteComparisons(server.Connect()).ListAsync(
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
            () => new RemoteComparisons(server.Connect()).DeleteAsync("a/b", Cancellation));

        Assert.Equal((Refusal.Conflict, "run: a holds the champion."), (refused.Reason, refused.Message));
        Assert.Equal("DELETE /api/comparisons/a%2Fb", Assert.Single(server.Requests).Line);
    }

    private static string Item(int index) => $$"""
        {"id": "run{{index}}", "status": "completed", "createdAt": "2026-03-01T12:00:00Z", "startedAt": null, "finishedAt": null,
         "preset": "smoke", "models": ["model1"], "winner": "model1", "error": null}
        """;
}
