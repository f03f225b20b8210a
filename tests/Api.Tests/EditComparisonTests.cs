using System.Net;
using System.Text;
using System.Text.Json;
using ServerlessFashion.Runs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>Names, tags and notes of runs, and the texts by which requests name runs.</summary>
public sealed class EditComparisonTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_NameTagsAndNotes_AreStoredAndShown()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var started = await server.PostJsonAsync(
            "comparisons", """{"preset": "smoke", "name": " Baseline ", "tags": ["a", "b", "a"], "notes": "why"}""")
            .JsonAsync(HttpStatusCode.Accepted);

        var run = await server.Http.GetAsync($"comparisons/{started.Text("id")}", Cancellation).JsonAsync();
        Assert.Equal(("Baseline", "why"), (run.Text("name"), run.Text("notes")));
        Assert.Equal("""["a","b"]""", JsonSerializer.Serialize(run.GetProperty("tags")));
    }

    [Theory]
    [InlineData("""{"name": "a\u0007b"}""", "name: expected one line without control characters, found 'a?b'.", "#/name")]
    [InlineData(
        """{"tags": ["two words"]}""",
        "tags: expected words without spaces, commas and control characters, such as night-run, found 'two words'.", "#/tags")]
    [InlineData("""{"tags": ["+a"]}""", "tags: expected a tag that does not begin with + or -, found '+a'.", "#/tags")]
    [InlineData("""{"tags": [""]}""", "tags: a tag has 1 to 50 characters, found 0.", "#/tags")]
    [InlineData("""{"tags": "a"}""", "tags: expected an array of strings, found \"a\".", "#/tags")]
    [InlineData("""{"title": "a"}""", "title: not a field of this request; its fields are name, tags, notes.", "#/title")]
    public async Task Patch_BadField_IsNamedAndChangesNothing(string json, string detail, string field)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Completed);

        var problem = await PatchAsync(server, "comparisons/run", json).JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal(detail, problem.Text("detail"));
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateArray()).Text("pointer"));
        var stored = (await server.Runs.GetAsync("run", Cancellation)).Description;
        Assert.Equal((null, 0, null), (stored.Name, stored.Tags.Count, stored.Notes));
    }

    [Fact]
    public async Task Patch_SomeFields_ChangesTheseAndClearsNulls()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running);

        await PatchAsync(server, "comparisons/run", """{"name": "one", "tags": ["a"], "notes": "text"}""").JsonAsync();
        var second = await PatchAsync(server, "comparisons/run", """{"name": null, "tags": ["b", "c"]}""").JsonAsync();

        Assert.Equal(JsonValueKind.Null, second.GetProperty("name").ValueKind);
        Assert.Equal("""["b","c"]""", JsonSerializer.Serialize(second.GetProperty("tags")));
        Assert.Equal("text", second.Text("notes"));
        Assert.Equal("running", second.Text("status"));
    }

    /// <summary>Such a name could never be used: the text names a run already.</summary>
    [Theory]
    [InlineData("latest", "name: 'latest' names the newest run in commands and requests; choose another name.")]
    [InlineData("ac1", "name: 'ac1' is the id of another run; choose another name.")]
    public async Task Name_OfAnotherRun_IsRefused(string name, string expected)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await AddThreeAsync(server);

        var edited = await PatchAsync(server, "comparisons/ab1", $$"""{"name": "{{name}}"}""").ProblemAsync(HttpStatusCode.BadRequest);
        var started = await server.PostJsonAsync("comparisons", $$"""{"preset": "smoke", "name": "{{name}}"}""")
            .ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal((expected, expected), (edited, started));
        Assert.Equal("my run", (await server.Runs.GetAsync("ab1", Cancellation)).Description.Name);
    }

    [Fact]
    public async Task Get_LatestWithoutAnyRun_SaysThatThereIsNone()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.Http.GetAsync("comparisons/latest", Cancellation).ProblemAsync(HttpStatusCode.NotFound);

        Assert.Equal("run: there is no run yet; start one with `fashion compare`.", problem);
    }

    [Fact]
    public async Task Patch_NoSuchRun_IsNotFound()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        await PatchAsync(server, "comparisons/none", """{"name": "one"}""").ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("latest", "ac2")]
    [InlineData("ac1", "ac1")]
    [InlineData("ab", "ab1")]
    [InlineData("my%20run", "ab1")]
    public async Task Get_AnyTextThatNamesOneRun_GivesThatRun(string text, string id)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await AddThreeAsync(server);

        Assert.Equal(id, (await server.Http.GetAsync($"comparisons/{text}", Cancellation).JsonAsync()).Text("id"));
        await server.Http.GetAsync($"comparisons/{text}/metrics", Cancellation).JsonAsync();
    }

    [Theory]
    [InlineData("GET", "comparisons/ac")]
    [InlineData("GET", "comparisons/ac/metrics")]
    [InlineData("GET", "comparisons/ac/report")]
    [InlineData("POST", "comparisons/ac/cancel")]
    [InlineData("POST", "comparisons/ac/resume")]
    [InlineData("DELETE", "comparisons/ac")]
    public async Task Any_BeginningOfTwoIds_NamesBoth(string method, string path)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await AddThreeAsync(server);

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var problem = await server.Http.SendAsync(request, Cancellation).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Equal("run: 'ac' fits several runs: ac1, ac2; give the whole id of one.", problem);
    }

    private static async Task AddThreeAsync(ApiServer server)
    {
        foreach (var id in new[] { "ab1", "ac1", "ac2" })
        {
            server.Time.Advance(TimeSpan.FromMinutes(1));
            await server.AddRunAsync(id, RunStatus.Running, "model1");
        }

        await PatchAsync(server, "comparisons/ab1", """{"name": "my run"}""").JsonAsync();
    }

    private static Task<HttpResponseMessage> PatchAsync(ApiServer server, string path, string json) =>
        server.Http.PatchAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), Cancellation);
}
