using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ServerlessFashion.EndToEnd;

public sealed class ComparisonTests(ServedSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_TwoModels_IsAcceptedAndCompletes()
    {
        var run = await system.FinishedRunAsync();

        Assert.Contains(run.Accepted.GetProperty("status").GetString(), new[] { "pending", "running" });
        Assert.EndsWith($"/comparisons/{run.Id}", run.Location, StringComparison.Ordinal);
        Assert.Contains(run.Completed.GetProperty("winner").GetString(), new[] { "model1", "model3" });
        foreach (var model in run.Completed.GetProperty("models").EnumerateArray())
        {
            Assert.Equal("completed", model.GetProperty("state").GetString());
            Assert.Equal(model.GetProperty("epochs").GetInt32(), model.GetProperty("epoch").GetInt32());
            // Five labels: anything that learned is well above 1/5.
            Assert.InRange(model.GetProperty("testAccuracy").GetDouble(), .3, 1);
        }

        Assert.Equal(0, run.Completed.GetProperty("failures").GetArrayLength());
    }

    [Fact]
    public async Task Status_WhileTraining_ShowsEpochsGrowing()
    {
        var run = await system.FinishedRunAsync();

        var epochs = run.Seen.Select(
            seen => seen.GetProperty("models").EnumerateArray().Sum(model => model.GetProperty("epoch").GetInt32())).ToList();
        Assert.Equal(epochs.Order(), epochs);
        Assert.Equal(5, epochs[^1]);
        // Between the first epoch of all and the last one a time left was told.
        Assert.Contains(run.Seen, seen => seen.GetProperty("etaSeconds").ValueKind == JsonValueKind.Number);
        Assert.Equal(JsonValueKind.Null, run.Completed.GetProperty("etaSeconds").ValueKind);
    }

    [Fact]
    public async Task Metrics_OfTheRun_AreItsEpochs()
    {
        var run = await system.FinishedRunAsync();

        var all = await system.GetAsync($"comparisons/{run.Id}/metrics");
        var later = await system.GetAsync($"comparisons/{run.Id}/metrics?model=model1&after=1");
        var page = await system.GetAsync($"comparisons/{run.Id}/metrics?top=4");
        var rest = await system.GetAsync($"comparisons/{run.Id}/metrics?top=4&continuation={page.GetProperty("continuation").GetString()}");

        Assert.Equal(["model1 1", "model1 2", "model1 3", "model3 1", "model3 2"], Rows(all));
        Assert.Equal(["model1 2", "model1 3"], Rows(later));
        Assert.Equal(Rows(all), [.. Rows(page), .. Rows(rest)]);
    }

    [Fact]
    public async Task Report_OfTheRun_IsServedWithItsFiles()
    {
        var run = await system.FinishedRunAsync();

        using var page = await system.Http.GetAsync($"comparisons/{run.Id}/report", Cancellation);
        var report = await system.GetAsync($"comparisons/{run.Id}/report/report.json");
        using var plot = await system.Http.GetAsync($"comparisons/{run.Id}/report/plots/accuracy-all.png", Cancellation);

        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains(run.Id, await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(run.Completed.GetProperty("winner").GetString(), report.GetProperty("winner").GetString());
        Assert.Equal("image/png", plot.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Report_AskedForAgainWithItsETag_IsNotSentAgain()
    {
        var run = await system.FinishedRunAsync();
        using var first = await system.Http.GetAsync($"comparisons/{run.Id}/report/report.md", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"comparisons/{run.Id}/report/report.md");
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));

        using var second = await system.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("report/none.txt")]
    [InlineData("report/..%2Fdata.json")]
    public async Task Report_NoSuchFile_IsNotFound(string path)
    {
        var run = await system.FinishedRunAsync();

        await system.GetAsync($"comparisons/{run.Id}/{path}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Start_SameKeyAgain_GivesTheSameRun()
    {
        var run = await system.FinishedRunAsync();

        var again = await system.SendAsync(
            HttpMethod.Post, "comparisons", ServedSystem.Json(FinishedRun.Options), HttpStatusCode.Accepted, run.Key);
        await system.SendAsync(
            HttpMethod.Post, "comparisons", ServedSystem.Json("""{"preset": "smoke"}"""), HttpStatusCode.UnprocessableEntity, run.Key);

        Assert.Equal(run.Id, again.GetProperty("id").GetString());
        Assert.Equal("completed", again.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("""{"preset": "huge"}""", "preset")]
    [InlineData("""{"models": ["model9"]}""", "models")]
    [InlineData("""{"seeds": 0}""", "seeds")]
    [InlineData("""{"epochs": {"model1": -1}}""", "epochs")]
    [InlineData("""{"sedes": 1}""", "sedes")]
    public async Task Start_BadBody_NamesTheField(string body, string field)
    {
        system.Require();

        var problem = await system.SendAsync(HttpMethod.Post, "comparisons", ServedSystem.Json(body), HttpStatusCode.BadRequest);

        Assert.Contains(field, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BodyTooLargeOrOfAnotherType_IsRefused()
    {
        system.Require();

        await system.SendAsync(
            HttpMethod.Post, "comparisons", ServedSystem.Json($"\"{new string('x', 300_000)}\""), HttpStatusCode.RequestEntityTooLarge);
        await system.SendAsync(HttpMethod.Post, "comparisons", new StringContent("{}"), HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task List_OneAPage_ReachesTheRun()
    {
        var run = await system.FinishedRunAsync();
        var ids = new List<string?>();
        string? continuation = null;
        do
        {
            var page = await system.GetAsync($"comparisons?top=1{(continuation is null ? "" : $"&continuation={continuation}")}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
            continuation = page.GetProperty("continuation").GetString();
        }
        while (continuation is not null && ids.Count < 1000);

        Assert.Contains(run.Id, ids);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task Get_NoSuchRun_IsNotFound()
    {
        system.Require();

        await system.GetAsync("comparisons/none", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Cancel_WhileTraining_StopsAndKeepsTheEpochsDone()
    {
        system.Require();
        var id = await system.StartRunAsync("""{"preset": "smoke", "models": ["model1"], "epochs": {"model1": 10000}}""");
        await system.WaitForRunAsync(id, run => Epoch(run) >= 1);

        await system.SendAsync(HttpMethod.Post, $"comparisons/{id}/cancel", null, HttpStatusCode.Accepted);
        var cancelled = await system.WaitForStatusAsync(id, "cancelled");

        Assert.InRange(Epoch(cancelled), 1, 9999);
        await system.SendAsync(HttpMethod.Post, $"comparisons/{id}/cancel", null, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Run_OneModelCannotBeTrained_EndsWithTheOthers()
    {
        system.Require();
        var id = await system.StartRunAsync(
            """{"preset": "smoke", "models": ["model1", "model3"], "epochs": {"model1": 1, "model3": 2}}""");
        // A damaged checkpoint, in place before the first training begins: the data is prepared first.
        var folder = $"{id}/model3/seed-1/checkpoints/";
        var damaged = folder + "epoch-0001-damaged.safetensors";
        var runs = system.Blobs.GetBlobContainerClient("runs");
        await runs.GetBlobClient(damaged)
            .UploadAsync(BinaryData.FromString("this is no safetensors file at all"), overwrite: true, Cancellation);
        await runs.GetBlobClient(folder + "pointer.json").UploadAsync(
            BinaryData.FromString($$"""{"epoch": 1, "bestEpoch": 1, "latest": "{{damaged}}", "best": "{{damaged}}"}"""),
            overwrite: true, Cancellation);

        var completed = await system.WaitForStatusAsync(id, "completed");

        Assert.Equal("model1", completed.GetProperty("winner").GetString());
        Assert.Equal(
            ["completed", "failed"],
            completed.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("state").GetString()));
        var failure = Assert.Single(completed.GetProperty("failures").EnumerateArray());
        Assert.Equal("model3", failure.GetProperty("name").GetString());
        Assert.Contains("checkpoint", failure.GetProperty("error").GetString(), StringComparison.Ordinal);
        var report = await system.GetAsync($"comparisons/{id}/report/report.json");
        Assert.Equal("model3", Assert.Single(report.GetProperty("failures").EnumerateArray()).GetProperty("name").GetString());
    }

    private static int Epoch(JsonElement run) => run.GetProperty("models")[0].GetProperty("epoch").GetInt32();

    private static IEnumerable<string> Rows(JsonElement metrics) =>
        metrics.GetProperty("items").EnumerateArray()
            .Select(item => $"{item.GetProperty("name").GetString()} {item.GetProperty("epoch").GetInt32()}");
}
