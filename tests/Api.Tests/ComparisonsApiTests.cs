using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;
using ServerlessFashion.Storage;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Api.Tests;

public sealed class ComparisonsApiTests(AzuriteFixture azurite)
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
        Assert.Equal("quick", (await server.Runs.GetAsync(id, Cancellation)).Configuration.Preset);
    }

    [Fact]
    public async Task Start_EveryOption_DecidesTheConfiguration()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        await server.PostJsonAsync("comparisons", """
            {"preset": "smoke", "models": ["model3"], "labels": "garments", "split": "original", "seeds": 2, "epochs": {"model3": 7}}
            """).JsonAsync(HttpStatusCode.Accepted);

        var configuration = Assert.Single(server.Host.Started).Configuration;
        Assert.Equal(
            ("smoke", "model3", "Garments", "Original", "1 2", 7),
            (configuration.Preset, configuration.Models.Single().Name, configuration.Labels.ToString(), configuration.Split.ToString(), string.Join(' ', configuration.Seeds), configuration.Models.Single().TotalEpochs));
    }

    [Fact]
    public async Task Start_SameKeyTwice_GivesOneRun()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var first = await server.PostJsonAsync("comparisons", """{"preset": "smoke"}""", "order 66").JsonAsync(HttpStatusCode.Accepted);
        server.Time.Advance(TimeSpan.FromHours(1));
        var second = await server.PostJsonAsync("comparisons", """{ "preset": "smoke", "seeds": null }""", "\"order 66\"").JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(first.Text("id"), second.Text("id"));
        Assert.Equal([first.Text("id")], (await server.Http.GetAsync("comparisons", Cancellation).JsonAsync()).Texts("items", "id"));
    }

    [Fact]
    public async Task Start_SameKeyManyTimesAtOnce_GivesOneRun()
    {
        await using var server = await ApiServer.StartAsync(azurite);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.PostJsonAsync("comparisons", "{}", "k").JsonAsync(HttpStatusCode.Accepted)));

        Assert.Single(answers.Select(answer => answer.Text("id")).Distinct());
        Assert.Single((await server.Http.GetAsync("comparisons", Cancellation).JsonAsync()).Texts("items", "id"));
    }

    [Fact]
    public async Task Start_SameKeyAnotherBody_IsRefused()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.PostJsonAsync("comparisons", """{"preset": "smoke"}""", "k").JsonAsync(HttpStatusCode.Accepted);

        var problem = await server.PostJsonAsync("comparisons", """{"preset": "smoke", "seeds": 2}""", "k").ProblemAsync(HttpStatusCode.UnprocessableEntity);

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
    [InlineData("""{"labels": "six"}""", "#/labels", "labels: expected one of five, garments, found \"six\".")]
    [InlineData("""{"labels": 0}""", "#/labels", "labels: expected one of five, garments, found 0.")]
    [InlineData("""{"split": "mine"}""", "#/split", "split: expected one of competition, original")]
    [InlineData("""{"seeds": 0}""", "#/seeds", "seeds: 0 is not a number from 1 to 100")]
    [InlineData("""{"seeds": 1.5}""", "#/seeds", "seeds: expected a whole number, found 1.5.")]
    [InlineData("""{"seeds": 99999999999}""", "#/seeds", "seeds: expected a whole number")]
    [InlineData("""{"epochs": {"model1": "3"}}""", "#/epochs", "epochs: expected an object with whole numbers")]
    [InlineData("""{"epochs": {"model1": 0}}""", "#/epochs", "0 for 'model1'")]
    [InlineData("""{"models": ["model1"], "epochs": {"model3": 1}}""", "#/epochs", "'model3' is not a model of this run")]
    [InlineData("""{"a/b": 1}""", "#/a~1b", "a/b: not a field of this request; its fields are preset, models, labels, split, seeds, epochs, budget, device.")]
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

        var problem = await server.PostJsonAsync("comparisons", """{"seeds": "x", "sedes": 2, "labels": 5}""").JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal(["#/labels", "#/sedes", "#/seeds"], problem.Texts("errors", "pointer").Order());
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("{\"preset\": \"smoke\",\n \"seeds\": }", "line 2")]
    [InlineData("[]", "expected a JSON object, found []")]
    [InlineData("""{"seeds": 1, "seeds": 2}""", "seeds")]
    [InlineData("""{"models": [[[[[[[[[[]]]]]]]]]]}""", "depth")]
    public async Task Start_BrokenJson_SaysWhere(string body, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        Assert.Contains(detail, await server.PostJsonAsync("comparisons", body).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
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
        using var content = new StringContent($$"""{"preset": "{{new string('x', 64 << 10)}}"}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "comparisons") { Content = content };
        request.Headers.TransferEncodingChunked = !lengthIsTold;

        var problem = await server.Http.SendAsync(request, Cancellation).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("65536 bytes", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"open")]
    [InlineData("")]
    public async Task Start_BadKey_IsRefused(string key)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        Assert.StartsWith("Idempotency-Key: expected 1 to 255", await server.PostJsonAsync("comparisons", "{}", key).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
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

    [Fact]
    public async Task List_ThreeRunsTwoAPage_GivesAllNewestFirst()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        foreach (var id in new[] { "one", "two", "three" })
        {
            server.Time.Advance(TimeSpan.FromMinutes(1));
            await server.AddRunAsync(id, RunStatus.Pending);
        }

        var first = await server.Http.GetAsync("comparisons?top=2", Cancellation).JsonAsync();
        var second = await server.Http.GetAsync($"comparisons?top=2&continuation={first.Text("continuation")}", Cancellation).JsonAsync();

        Assert.Equal(["three", "two"], first.Texts("items", "id"));
        Assert.Equal(["one"], second.Texts("items", "id"));
        Assert.Null(second.GetProperty("continuation").GetString());
    }

    [Theory]
    [InlineData("top=0", "top: expected a whole number from 1 to 100, found '0'.")]
    [InlineData("top=101", "top: expected a whole number from 1 to 100, found '101'.")]
    [InlineData("top=many", "top: expected a whole number from 1 to 100, found 'many'.")]
    [InlineData("top=1&top=2", "top: expected one value, found 2.")]
    [InlineData("continuation=!!!", "continuation: expected the value that the page before gave")]
    [InlineData("continuation=YWJj", "continuation: expected the value that the page before gave")]
    public async Task List_BadParameter_IsNamed(string query, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        Assert.Contains(detail, await server.Http.GetAsync($"comparisons?{query}", Cancellation).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("comparisons/none")]
    [InlineData("comparisons/none/metrics")]
    [InlineData("comparisons/none/report")]
    [InlineData("comparisons/..%2F..%2Fmodels")]
    public async Task Get_NoSuchRun_IsNotFound(string path)
    {
        await using var server = await ApiServer.StartAsync(azurite);

        await server.Http.GetAsync(path, Cancellation).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_RunningRun_TellsEpochsLastMetricsAndTimeLeft()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        var run = await server.AddRunAsync("run", RunStatus.Running, "model1");
        await AddEpochsAsync(server, "run", "model1", 2, seconds: 3);
        server.Time.Advance(TimeSpan.FromSeconds(10));

        var answer = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();

        var model = Assert.Single(answer.GetProperty("models").EnumerateArray());
        Assert.Equal(("training", 2, 6), (model.Text("state"), model.GetProperty("epoch").GetInt32(), model.GetProperty("epochs").GetInt32()));
        Assert.Equal(2, model.GetProperty("last").GetProperty("epoch").GetInt32());
        // Four epochs of 3 s are left.
        Assert.Equal(12, model.GetProperty("etaSeconds").GetDouble(), 1e-9);
        Assert.Equal(12, answer.GetProperty("etaSeconds").GetDouble(), 1e-9);
        Assert.Equal("running", answer.Text("status"));
        Assert.Equal(run.Configuration.SplitSeed, answer.GetProperty("configuration").GetProperty("splitSeed").GetInt32());
    }

    /// <summary>Every epoch of the helper has the same accuracy: with a patience of 2 the third is the last of six.</summary>
    [Fact]
    public async Task Get_TrainingThatStoppedEarly_TellsItsEpochsAndThePlannedOnes()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running, "model1", "model3");
        await server.Runs.UpdateAsync("run", run => run with
        {
            Configuration = run.Configuration with { Models = [.. run.Configuration.Models.Select(model => model with { Phases = [model.Phases[0] with { Patience = 2 }] })] },
        }, Cancellation);
        await AddEpochsAsync(server, "run", "model1", 3, seconds: 3);
        await AddEpochsAsync(server, "run", "model3", 2, seconds: 5);
        server.Time.Advance(TimeSpan.FromSeconds(19));

        var answer = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();

        Assert.Equal(
            [("evaluating", 3, 3, 6), ("training", 2, 6, 6)],
            answer.GetProperty("models").EnumerateArray().Select(model =>
                (model.Text("state"), model.GetProperty("epoch").GetInt32(), model.GetProperty("epochs").GetInt32(), model.GetProperty("plannedEpochs").GetInt32())));
        // Four epochs of 5 s of the other one.
        Assert.Equal(20, answer.GetProperty("etaSeconds").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Get_TrainingThatHoldsItsLock_IsTraining()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running, "model1", "model3");
        await server.Storage.Container(StorageNames.Runs).GetBlobClient("run/model3/seed-1/lock").UploadAsync(BinaryData.Empty, Cancellation);

        var answer = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();

        Assert.Equal(["waiting", "training"], answer.Texts("models", "state"));
        Assert.Null(answer.GetProperty("etaSeconds").GetString());
    }

    [Fact]
    public async Task Get_OneModelFailed_TellsTheFailureAndTheOthersResult()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Completed, "model1", "model3");
        await new RunFolder(server.Storage, "run").PutComparisonAsync(
            new ComparedModels("model1", [
                new TrainingOutcome("model1", 1, new EvaluatedModel("model1", 1, .75, .5), null, false),
                new TrainingOutcome("model3", 1, null, "out of memory", false)]),
            Cancellation);

        var answer = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();

        Assert.Equal(["completed", "failed"], answer.Texts("models", "state"));
        Assert.Equal(.75, answer.GetProperty("models")[0].GetProperty("validationAccuracy").GetDouble());
        Assert.Equal(["model3"], answer.Texts("failures", "name"));
        Assert.Equal(["out of memory"], answer.Texts("failures", "error"));
    }

    [Fact]
    public async Task Get_CancelledRun_ShowsItsTrainingsAsStopped()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Cancelled, "model1");
        await AddEpochsAsync(server, "run", "model1", 1, seconds: 3);

        var answer = await server.Http.GetAsync("comparisons/run", Cancellation).JsonAsync();

        Assert.Equal(["stopped"], answer.Texts("models", "state"));
        Assert.Null(answer.GetProperty("models")[0].GetProperty("etaSeconds").GetString());
    }

    [Fact]
    public async Task GetMetrics_ModelAndAfter_GivesThoseEpochsOnly()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running, "model1", "model3");
        await AddEpochsAsync(server, "run", "model1", 2, seconds: 1);
        await AddEpochsAsync(server, "run", "model3", 3, seconds: 1);

        var answer = await server.Http.GetAsync("comparisons/run/metrics?model=model3&after=1", Cancellation).JsonAsync();

        Assert.Equal([("model3", 2), ("model3", 3)], Epochs(answer));
    }

    [Fact]
    public async Task GetMetrics_InPages_GivesEveryEpochOnce()
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running, "model1", "model3");
        await AddEpochsAsync(server, "run", "model1", 3, seconds: 1);
        await AddEpochsAsync(server, "run", "model3", 1, seconds: 1);
        var epochs = new List<(string, int)>();
        var query = "comparisons/run/metrics?top=2";

        for (var pages = 0; pages < 5; pages++)
        {
            var answer = await server.Http.GetAsync(query, Cancellation).JsonAsync();
            epochs.AddRange(Epochs(answer));
            if (answer.GetProperty("continuation").GetString() is not { } next)
            {
                break;
            }

            query = $"comparisons/run/metrics?top=2&continuation={next}";
        }

        Assert.Equal([("model1", 1), ("model1", 2), ("model1", 3), ("model3", 1)], epochs);
    }

    [Theory]
    [InlineData("model=model4", "model: run run has no model 'model4'; its models are model1, model3.")]
    [InlineData("after=-1", "after: expected a whole number from 0 to 10000, found '-1'.")]
    [InlineData("seed=zero", "seed: expected a whole number")]
    [InlineData("continuation=OSA5", "continuation: expected")]
    public async Task GetMetrics_BadParameter_IsNamed(string query, string detail)
    {
        await using var server = await ApiServer.StartAsync(azurite);
        await server.AddRunAsync("run", RunStatus.Running);

        Assert.Contains(detail, await server.Http.GetAsync($"comparisons/run/metrics?{query}", Cancellation).ProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    private static IEnumerable<(string, int)> Epochs(System.Text.Json.JsonElement answer) =>
        answer.GetProperty("items").EnumerateArray().Select(item => (item.Text("name"), item.GetProperty("epoch").GetInt32()));

    private static async Task AddEpochsAsync(ApiServer server, string run, string model, int epochs, double seconds)
    {
        var metrics = new EpochMetrics(server.Storage);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            await metrics.PutAsync(run, new EpochMetric(model, 1, new EpochRow(epoch, "training", .5, .6, double.NaN, .8, .001, seconds)), Cancellation);
        }
    }
}
