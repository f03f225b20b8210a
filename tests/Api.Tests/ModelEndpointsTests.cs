using System.Net;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

public sealed class ModelEndpointsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_ThreeModelsTwoAPage_GivesAll()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        foreach (var model in new[] { "a", "b", "c" })
        {
            await server.AddModelAsync("run", model);
        }

        var first = await server.Http.GetAsync("models?top=2", Cancellation).JsonAsync();
        var second = await server.Http.GetAsync($"models?top=2&continuation={first.Text("continuation")}", Cancellation).JsonAsync();

        Assert.Equal(["run/a/seed-1", "run/b/seed-1", "run/c/seed-1"], [.. first.Texts("items", "id"), .. second.Texts("items", "id")]);
    }

    [Fact]
    public async Task GetChampion_NoneYet_IsNotFound()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.Http.GetAsync("models/champion", Cancellation).ProblemAsync(HttpStatusCode.NotFound);

        Assert.Contains("no champion yet", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetChampion_UnknownSet_SaysThatThereIsNoSuchSet()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.Http.GetAsync("models/champion?dataset=fashion-mnits", Cancellation)
            .ProblemAsync(HttpStatusCode.NotFound);

        Assert.Contains(
            "no data set 'fashion-mnits' is registered; did you mean fashion-mnist?", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutChampion_KnownModelTwice_PromotesItOnce()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddModelAsync();

        await server.PutJsonAsync("models/champion", """{"runId": "run", "model": "tiny"}""").JsonAsync();
        var put = await server.PutJsonAsync("models/champion", """{"runId": "run", "model": "tiny"}""").JsonAsync();
        var got = await server.Http.GetAsync("models/champion", Cancellation).JsonAsync();

        Assert.Equal("run/tiny/seed-1", put.Text("id"));
        Assert.Equal("hand", got.Text("cause"));
        Assert.Equal(put.GetRawText(), got.GetRawText());
        Assert.Single(await server.Registry.HistoryAsync(Cancellation));
    }

    [Fact]
    public async Task ListChampions_AfterARollBack_NamesTheWholeHistoryAndWhatPrecedes()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        foreach (var model in new[] { "a", "b", "c" })
        {
            await server.AddModelAsync("run", model);
            await server.PutJsonAsync("models/champion", $$"""{"runId": "run", "model": "{{model}}"}""").JsonAsync();
        }

        await server.Http.PostAsync("models/champion/roll-back", null, Cancellation).JsonAsync();

        var first = await server.Http.GetAsync("models/champion/history?top=2", Cancellation).JsonAsync();
        var path = $"models/champion/history?top=2&continuation={first.Text("continuation")}";
        var second = await server.Http.GetAsync(path, Cancellation).JsonAsync();
        Assert.Equal(["b", "c", "b", "a"], [.. first.Texts("items", "model"), .. second.Texts("items", "model")]);
        Assert.Equal("run/a/seed-1", first.GetProperty("previous").Text("id"));
    }

    [Fact]
    public async Task ListChampions_OnlyOne_HasNothingBefore()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        var history = await server.Http.GetAsync("models/champion/history", Cancellation).JsonAsync();

        Assert.Single(history.Texts("items", "model"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, history.GetProperty("previous").ValueKind);
    }

    [Theory]
    [InlineData("""{"runId": "run", "model": "none"}""", "model: run 'run' has no trained model 'none'")]
    [InlineData("""{"runId": "run"}""", "model: expected a string, found nothing.")]
    [InlineData("""{"model": 1, "runId": ""}""", "model: expected a string, found 1.")]
    [InlineData("""{"runId": "run", "model": "tiny", "seed": 1}""", "seed: not a field of this request")]
    public async Task PutChampion_BadBody_IsNamed(string body, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddModelAsync();

        var problem = await server.PutJsonAsync("models/champion", body).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Contains(detail, problem, StringComparison.Ordinal);
    }

    /// <summary>In a URL each of them takes six bytes, and storage refuses long URLs.</summary>
    [Theory]
    [InlineData("runId", "model")]
    [InlineData("model", "runId")]
    public async Task PutChampion_NameTooLongForStorage_IsUnknown(string field, string other)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var body = $$"""{"{{field}}": "{{new string('é', 1900)}}", "{{other}}": "a"}""";

        await server.PutJsonAsync("models/champion", body).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task RollBack_AfterTwoPromotions_GivesTheFirst()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        foreach (var model in new[] { "a", "b" })
        {
            await server.AddModelAsync("run", model);
            await server.PutJsonAsync("models/champion", $$"""{"runId": "run", "model": "{{model}}"}""").JsonAsync();
            server.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var champion = await server.Http.PostAsync("models/champion/roll-back", null, Cancellation).JsonAsync();

        Assert.Equal("run/a/seed-1", champion.Text("id"));
        Assert.Equal("rollBack", champion.Text("cause"));
    }

    [Fact]
    public async Task RollBack_NothingBefore_IsAConflict()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddChampionAsync();

        await server.Http.PostAsync("models/champion/roll-back", null, Cancellation).ProblemAsync(HttpStatusCode.Conflict);
    }
}
