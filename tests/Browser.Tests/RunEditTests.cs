using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>What people write on a run, and its deletion, on the page of the run.</summary>
public sealed class RunEditTests(Chromium chromium, ServedDashboard served)
{
    [Fact]
    public async Task Edit_OnTheRunPage_PatchesAndShowsTheNewTexts()
    {
        await using var page = await chromium.OpenAsync(390);
        var api = await RunPage.OpenAsync(page, served, "completed", RunDocuments.Metrics, ("model1", 1));
        api.On($"PATCH comparisons/{RunPage.Id}", request =>
        {
            var run = RunDocuments.Run(RunPage.Id, "completed", ("model1", 1));
            run["name"] = (string)request.Json["name"]!;
            run["tags"] = request.Json["tags"];
            run["notes"] = (string)request.Json["notes"]!;
            api.On($"GET comparisons/{RunPage.Id}", run);
            return new AnsweredApi.Answer(run);
        });

        await page["button:text-is(\"Edit\")"].ClickAsync();
        await page["#edit-name"].FillAsync("baseline");
        await page["#edit-tags"].FillAsync("one");
        await page["#edit-notes"].FillAsync("<b>first</b> try");
        Assert.Empty(await page.BarriersAsync());
        await page["button:text-is(\"Save\")"].ClickAsync();

        await Assertions.Expect(page["h1"]).ToHaveTextAsync("baseline");
        await Assertions.Expect(page[".about .tag"]).ToHaveTextAsync(["one"]);
        await Assertions.Expect(page[".about .notes"]).ToHaveTextAsync("<b>first</b> try");
        await Assertions.Expect(page["#editor"]).ToHaveCountAsync(0);
        Assert.Equal(
            """{"name":"baseline","tags":["one"],"notes":"<b>first</b> try"}""", api.Last($"PATCH comparisons/{RunPage.Id}").Body);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Edit_KeptAsItIs_ChangesNothing()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await RunPage.OpenAsync(page, served, "completed", RunDocuments.Metrics, ("model1", 1));

        await page["button:text-is(\"Edit\")"].ClickAsync();
        await page["#edit-notes"].FillAsync("half a thought");
        await page["#editor button:text-is(\"Keep as it is\")"].ClickAsync();

        await Assertions.Expect(page["#editor"]).ToHaveCountAsync(0);
        Assert.DoesNotContain(api.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task Delete_OnTheRunPage_LeadsToTheListWithoutIt()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await RunPage.OpenAsync(page, served, "failed", RunDocuments.Metrics, ("model1", 1));
        api.On("GET comparisons", new { items = new[] { RunDocuments.Summary("other") }, continuation = (string?)null })
            .On("GET datasets", DatasetDocuments.List)
            .On($"DELETE comparisons/{RunPage.Id}", document: null, status: 204);

        await page["main button:text-is(\"Delete\")"].ClickAsync();
        await Assertions.Expect(page["#question-text"]).ToHaveTextAsync(
            $"Delete run {RunPage.Id} with all models and reports? This cannot be undone.");
        await page["#question-no"].ClickAsync();
        Assert.DoesNotContain(api.Requests, request => request.Method == "DELETE");
        await page["main button:text-is(\"Delete\")"].ClickAsync();
        await page["#question-yes"].ClickAsync();

        await Assertions.Expect(page["tbody th"]).ToHaveTextAsync(["other"]);
        Assert.Single(api.Requests, request => request.Method == "DELETE");
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex("#/$"));
        Assert.Empty(page.Complaints);
    }

    /// <summary>A run at work must be cancelled first.</summary>
    [Fact]
    public async Task Delete_OfARunAtWork_IsNotOffered()
    {
        await using var page = await chromium.OpenAsync(1280);
        await RunPage.OpenAsync(page, served, "running", RunDocuments.Metrics, ("model1", 1));

        await Assertions.Expect(page["main button:text-is(\"Cancel the run\")"]).ToBeVisibleAsync();
        await Assertions.Expect(page["main button:text-is(\"Delete\")"]).ToBeHiddenAsync();
    }
}
