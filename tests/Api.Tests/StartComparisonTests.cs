using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

/// <summary>Starts over HTTP.</summary>
public sealed class StartComparisonTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_NoBody_StoresAndStartsTheDefaultRun()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        using var response = await server.Http.PostAsync("comparisons", null, Cancellation);
        var accepted = await Task.FromResult(response).JsonAsync(HttpStatusCode.Accepted);

        var id = accepted.Text("id");
        Assert.StartsWith("20260301-120000-", id, StringComparison.Ordinal);
        Assert.Equal("pending", accepted.Text("status"));
        Assert.Equal($"/api/comparisons/{id}", response.Headers.Location!.OriginalString);
        Assert.Equal($"/api/comparisons/{id}/report", accepted.GetProperty("links").Text("report"));
        Assert.Equal(id, Assert.Single(server.Host.Started).Id);
        Assert.Equal("quick", (await server.Runs.GetAsync(id, Cancellation)).Preset);
    }

    [Fact]
    public async Task Start_EveryOption_DecidesTheConfiguration()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        await server.PostJsonAsync("comparisons", """
            {"preset": "smoke", "models": ["model3"], "labels": "garments", "split": "original", "seeds": 2, "epochs": {"model3": 7}}
            """).JsonAsync(HttpStatusCode.Accepted);

        var run = Assert.Single(server.Host.Started);
        var configuration = (await new RunDefinitions(server.Storage).GetAsync(run.Id, Cancellation)).Configuration;
        Assert.Equal(
            ("smoke", "model3", "Garments", "Original", "1 2", 7),
            (configuration.Preset, configuration.Models.Single().Name, configuration.Labels.ToString(), configuration.Split.ToString(),
                string.Join(' ', configuration.Seeds), configuration.Models.Single().TotalEpochs));
    }

    [Fact]
    public async Task Start_SameKeyTwice_GivesOneRun()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var first = await server.PostJsonAsync("comparisons", """{"preset": "smoke"}""", "order 66").JsonAsync(HttpStatusCode.Accepted);
        server.Time.Advance(TimeSpan.FromHours(1));
        var second = await server.PostJsonAsync("comparisons", """{ "preset": "smoke", "seeds": null }""", "\"order 66\"")
            .JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(first.Text("id"), second.Text("id"));
        Assert.Equal([first.Text("id")], (await server.Http.GetAsync("comparisons", Cancellation).JsonAsync()).Texts("items", "id"));
    }

    [Fact]
    public async Task Start_SameKeyManyTimesAtOnce_GivesOneRun()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => server.PostJsonAsync("comparisons", "{}", "k").JsonAsync(HttpStatusCode.Accepted)));

        Assert.Single(answers.Select(answer => answer.Text("id")).Distinct());
        Assert.Single((await server.Http.GetAsync("comparisons", Cancellation).JsonAsync()).Texts("items", "id"));
    }

    [Fact]
    public async Task Start_SameKeyAnotherBody_IsRefused()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.PostJsonAsync("comparisons", """{"preset": "smoke"}""", "k").JsonAsync(HttpStatusCode.Accepted);

        var problem = await server.PostJsonAsync("comparisons", """{"preset": "smoke", "seeds": 2}""", "k")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("'k' was used before", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SameKeyAfterItsEnd_IsNotStartedAgain()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        var first = await server.PostJsonAsync("comparisons", "{}", "k").JsonAsync(HttpStatusCode.Accepted);
        await server.Runs.UpdateAsync(first.Text("id"), run => run with { Status = RunStatus.Failed }, Cancellation);

        var second = await server.PostJsonAsync("comparisons", "{}", "k").JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal("failed", second.Text("status"));
        Assert.Single(server.Host.Started);
    }

    [Theory]
    [InlineData("""{"preset": "huge"}""", "#/preset", "'huge' is not a preset")]
    [InlineData("""{"preset": 3}""", "#/preset", "preset: expected a string, found 3.")]
    [InlineData("""{"models": "model1"}""", "#/models", "models: expected an array of strings, found \"model1\".")]
    [InlineData("""{"models": [1]}""", "#/models", "models: expected an array of strings, found [1].")]
    [InlineData("""{"models": []}""", "#/models", "the list is empty")]
    [InlineData("""{"models": ["model2"]}""", "#/models", "'model2' is not a model")]
    [InlineData("""{"models": ["model1", "model1"]}""", "#/models", "'model1' is named twice")]
    [InlineData("""{"labels": "six"}""", "#/labels", "labels: expected one of five, garments, classes, found \"six\".")]
    [InlineData("""{"labels": 0}""", "#/labels", "labels: expected one of five, garments, classes, found 0.")]
    [InlineData("""{"split": "mine"}""", "#/split", "split: expected one of competition, original")]
    [InlineData("""{"seeds": 0}""", "#/seeds", "seeds: 0 is not a number from 1 to 100")]
    [InlineData("""{"seeds": 1.5}""", "#/seeds", "seeds: expected a whole number, found 1.5.")]
    [InlineData("""{"seeds": 99999999999}""", "#/seeds", "seeds: expected a whole number")]
    [InlineData("""{"epochs": {"model1": "3"}}""", "#/epochs", "epochs: expected an object with whole numbers")]
    [InlineData("""{"epochs": {"model1": 0}}""", "#/epochs", "0 for 'model1'")]
    [InlineData("""{"models": ["model1"], "epochs": {"model3": 1}}""", "#/epochs", "'model3' is not a model of this run")]
    [InlineData("""{"set": {"model4.batchSize": -1}}""", "#/set",
        "set: model4.batchSize: expected a whole number from 2 to 65536, found '-1'.")]
    [InlineData("""{"set": {"model4.rate": 1}}""", "#/set", "set: 'rate' is not a setting of model4")]
    [InlineData("""{"set": {"model4.batchSize": [1]}}""", "#/set", "set: expected an object with numbers, strings, true, false or null")]
    [InlineData("""{"set": {"model4.phases.1.epochs": 0}}""", "#/set", "set: phases of model4: expected at least one epoch, found none.")]
    [InlineData(
        """{"a/b": 1}""", "#/a~1b",
        "a/b: not a field of this request; its fields are preset, models, specs, dataset, labels, split, seeds, folds, epochs, set, "
        + "classWeights, search, budget, device, allowRandomWeights, name, tags, notes.")]
    [InlineData("""{"search": {"space": {"depth": {}}}, "models": ["model1"]}""", "#/search/space", "space: depth")]
    [InlineData(
        """{"search": {"space": {"learningRate": {"from": 1, "to": 0.1}}}, "models": ["model1"]}""", "#/search/space",
        "space: learningRate: from must be less than to.")]
    [InlineData("""{"search": {"space": {}, "trials": "x"}}""", "#/search/trials", "trials: expected a whole number")]
    [InlineData("""{"search": {"trial": 3}}""", "#/search", "search: ")]
    [InlineData("""{"device": "tpu"}""", "#/device", "device: expected one of auto, cpu, cuda, found \"tpu\".")]
    [InlineData("""{"device": "cuda"}""", "#/device", "device: no GPU here.")]
    public async Task Start_BadField_IsNamed(string body, string field, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.PostJsonAsync("comparisons", body).JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal(field, Uri.UnescapeDataString(Assert.Single(problem.Texts("errors", "pointer"))));
        Assert.Contains(detail, problem.Text("detail"), StringComparison.Ordinal);
        Assert.Empty(server.Host.Started);
    }

    [Fact]
    public async Task Start_SeveralBadFields_AreAllNamed()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.PostJsonAsync("comparisons", """{"seeds": "x", "sedes": 2, "labels": 5}""")
            .JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal(["#/labels", "#/sedes", "#/seeds"], problem.Texts("errors", "pointer").Order());
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("{\"preset\": \"smoke\",\n \"seeds\": }", "line 2")]
    [InlineData("[]", "expected a JSON object, found []")]
    [InlineData("""{"seeds": 1, "seeds": 2}""", "seeds")]
    [InlineData("""{"models": [[[[[[[[[[]]]]]]]]]]}""", "it nests more than")]
    public async Task Start_BrokenJson_SaysWhere(string body, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.PostJsonAsync("comparisons", body).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.Contains(detail, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Start_WrongContentType_IsRefused(string type)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        await server.Http.PostAsync("comparisons", content, Cancellation).ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_BodyOverTheLimit_IsRefused(bool lengthIsTold)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        using var content = new StringContent($$"""{"preset": "{{new string('x', 256 << 10)}}"}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "comparisons") { Content = content };
        request.Headers.TransferEncodingChunked = !lengthIsTold;

        var problem = await server.Http.SendAsync(request, Cancellation).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("262144 bytes", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"open")]
    [InlineData("")]
    public async Task Start_BadKey_IsRefused(string key)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var problem = await server.PostJsonAsync("comparisons", "{}", key).ProblemAsync(HttpStatusCode.BadRequest);

        Assert.StartsWith("Idempotency-Key: expected 1 to 255", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_HostFails_IsAProblemWithoutItsSecrets()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        server.Host.Failure = new InvalidOperationException("AccountKey=secret");

        var problem = await server.PostJsonAsync("comparisons", "{}").JsonAsync(HttpStatusCode.InternalServerError);

        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.Text("traceId"));
    }
}
