using System.Net;
using System.Text.Json;
using Json.Schema;
using ServerlessFashion.Models;
using ServerlessFashion.Specs;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

public sealed class SpecEndpointsTests(AzuriteFixture azurite)
{
    private const string Mine =
        """
        {
          "name": "mine",
          "layers": [{"kind": "conv2D", "filters": 16, "kernel": 3, "padding": "same"}, {"kind": "flatten"}],
          "phases": [{"epochs": 1, "learningRate": 0.002}]
        }
        """;

    private static readonly JsonSchema Schema = JsonSchema.FromText(ModelSpecSchema.Text);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_Model_IsListedShownTrainedAndRemoved()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var added = await server.PostJsonAsync("specs", Mine).JsonAsync(HttpStatusCode.Created);
        await server.PostJsonAsync("specs", Mine).JsonAsync(HttpStatusCode.Created);
        var shown = await server.Http.GetAsync("specs/mine", Cancellation).JsonAsync();
        var listed = await server.Http.GetAsync("specs?top=100", Cancellation).JsonAsync();
        var started = await server.PostJsonAsync("comparisons", """{"preset": "smoke", "models": ["mine", "model1"]}""")
            .JsonAsync(HttpStatusCode.Accepted);
        var removed = await server.Http.DeleteAsync("specs/mine", Cancellation);

        Assert.Equal(128, shown.GetProperty("batchSize").GetInt32());
        Assert.Equal(added.GetRawText(), shown.GetRawText());
        Assert.Equal([.. ModelCatalogue.All.Select(spec => spec.Name), "mine"], listed.Texts("items", "name"));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await server.Http.GetAsync("specs/mine", Cancellation).ProblemAsync(HttpStatusCode.NotFound);
        // The run has its own copy.
        var run = await server.Http.GetAsync($"comparisons/{started.Text("id")}", Cancellation).JsonAsync();
        Assert.Equal(["mine", "model1"], run.GetProperty("configuration").Texts("models", "name"));
    }

    [Theory]
    [InlineData("""{"name": "model4", "layers": [{"kind": "flatten"}]}""", "body: name: 'model4' is built in; choose another name.")]
    [InlineData("""{"name": "../x", "layers": [{"kind": "flatten"}]}""", "body: name: expected 1 to 63 lower-case letters")]
    [InlineData("""{"name": "mine", "layers": []}""", "body: model mine: layers: expected 1 to 500, found 0.")]
    [InlineData("""{"name": "mine", "layers": [{"kind": "flat"}]}""",
        "body: model mine: layer 1: 'flat' is not a kind; did you mean flatten?")]
    [InlineData("""{"name": "mine", "layers": [], "layers": []}""", "body: model mine: the spec: 'layers' is given twice.")]
    [InlineData("[]", "body: model spec: expected a JSON object")]
    [InlineData("{", "body: not usable as JSON at line 1")]
    public async Task Post_NoModel_IsRefusedInASentence(string body, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.PostJsonAsync("specs", body).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Contains(detail, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OtherModelOfTheName_IsAConflict()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.PostJsonAsync("specs", Mine).JsonAsync(HttpStatusCode.Created);

        var problem = await server.PostJsonAsync("specs", Mine.Replace("0.002", "0.003", StringComparison.Ordinal))
            .ProblemAsync(HttpStatusCode.Conflict);

        Assert.Contains("name: another model is called 'mine'; remove that one first", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_BuiltInOrUnknown_IsRefused()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        Assert.Contains(
            "'model4' is built in and cannot be removed",
            await server.Http.DeleteAsync("specs/model4", Cancellation).ProblemAsync(HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains(
            "did you mean model1",
            await server.Http.DeleteAsync("specs/mode1", Cancellation).ProblemAsync(HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_InlineModel_IsTrainedAsItStands()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var started = await server.PostJsonAsync("comparisons", $$"""{"preset": "smoke", "specs": [{{Mine}}]}""")
            .JsonAsync(HttpStatusCode.Accepted);

        var run = await server.Http.GetAsync($"comparisons/{started.Text("id")}", Cancellation).JsonAsync();
        var model = Assert.Single(run.GetProperty("configuration").GetProperty("models").EnumerateArray());
        Assert.Equal(("mine", 128), (model.Text("name"), model.GetProperty("batchSize").GetInt32()));
    }

    [Theory]
    [InlineData("""{"specs": [{"name": "mine", "layers": [{"kind": "conv"}]}]}""", "specs: model mine: layer 1: 'conv' is not a kind")]
    [InlineData("""{"specs": [{"name": "mine", "layers": [{"kind": "dense", "units": 16}]}]}""",
        "specs: model mine: layer 1 (dense) cannot")]
    [InlineData("""{"specs": [{"name": "model4", "layers": [{"kind": "flatten"}]}]}""", "specs: name: 'model4' is built in")]
    [InlineData("""{"specs": ["mine.json"]}""", "specs: expected an array of models, found [\"mine.json\"].")]
    [InlineData("""{"models": ["model1"], "specs": [{"name": "mine", "layers": [{"kind": "flatten"}]}]}""",
        "specs: 'mine' is not in models")]
    public async Task Start_BadInlineModel_NamesTheField(string body, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.PostJsonAsync("comparisons", body).JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal("#/specs", Assert.Single(problem.Texts("errors", "pointer")));
        Assert.Contains(detail, problem.Text("detail"), StringComparison.Ordinal);
        Assert.Empty(server.Host.Started);
    }

    [Fact]
    public async Task Start_SameKeyOtherInlineModel_IsRefused()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        var other = Mine.Replace("\"filters\": 16", "\"filters\": 32", StringComparison.Ordinal);
        await StartAsync(Mine).JsonAsync(HttpStatusCode.Accepted);
        await StartAsync(Mine).JsonAsync(HttpStatusCode.Accepted);

        await StartAsync(other).ProblemAsync(HttpStatusCode.UnprocessableEntity);

        Task<HttpResponseMessage> StartAsync(string model)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "comparisons")
            {
                Content = new StringContent($$"""{"preset": "smoke", "specs": [{{model}}]}""", null, "application/json"),
            };
            request.Headers.Add("Idempotency-Key", "\"key\"");
            return server.Http.SendAsync(request, Cancellation);
        }
    }

    /// <summary>The validator knows nothing of this program's reader.</summary>
    [Fact]
    public async Task Schema_EveryBuiltInModelAndTheExample_AreValid()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        Assert.Equal(ModelSpecSchema.Text, await server.Http.GetStringAsync("specs/schema", Cancellation));
        var options = new EvaluationOptions { OutputFormat = OutputFormat.List };

        foreach (var name in ModelCatalogue.All.Select(spec => spec.Name))
        {
            var shown = await server.Http.GetStringAsync($"specs/{name}", Cancellation);
            Assert.True(Schema.Evaluate(JsonDocument.Parse(shown).RootElement, options).IsValid, name);
        }

        Assert.True(Schema.Evaluate(JsonDocument.Parse(Mine).RootElement).IsValid);
    }

    /// <summary>What the reader refuses by its fields alone, the schema refuses too.</summary>
    [Theory]
    [InlineData("\"filters\": 16", "\"filters\": 0")]
    [InlineData("\"filters\": 16", "\"filter\": 16")]
    [InlineData("conv2D", "conv2d")]
    [InlineData("0.002", "-1")]
    [InlineData("\"mine\"", "\"my model\"")]
    [InlineData("\"epochs\": 1, ", "")]
    [InlineData("same", "full")]
    public void Schema_BadModel_IsInvalid(string found, string replacement)
    {
        var changed = Mine.Replace(found, replacement, StringComparison.Ordinal);

        Assert.NotEqual(Mine, changed);
        Assert.False(Schema.Evaluate(JsonDocument.Parse(changed).RootElement).IsValid);
    }
}
