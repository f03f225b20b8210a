using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The list of runs.</summary>
public sealed class RunListTests(Chromium chromium, ServedDashboard served)
{
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    [InlineData(1920)]
    public async Task List_LongError_PushesNothingOut(int width)
    {
        await using var page = await chromium.OpenAsync(width);
        var failed = RunDocuments.Summary("failed", "failed");
        failed["error"] = "model4, seed 2: " + new string('x', 600) + " " + string.Join(' ', Enumerable.Repeat("word", 200));
        await ListAsync(page, [failed, RunDocuments.Summary("completed")]);

        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
        var hidden = await page[".runs"].EvaluateAsync<int>("list => list.scrollWidth - list.clientWidth");
        Assert.True(hidden <= 0, $"The list hides {hidden} pixels.");
        var height = await page["tbody tr >> nth=0"].EvaluateAsync<double>("row => row.clientHeight");
        Assert.InRange(height, 20, 420);
        Assert.Empty(await page.BarriersAsync());
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task List_WordsWiderThanTheirColumns_PushNothingOut(int width)
    {
        await using var page = await chromium.OpenAsync(width);
        var run = RunDocuments.Summary(new string('i', 100));
        run["name"] = new string('n', 100);
        run["tags"] = new[] { new string('t', 40) };
        run["dataset"] = new string('d', 100);
        run["models"] = new[] { new string('m', 100) };
        run["winner"] = new string('m', 100);
        await ListAsync(page, [run]);

        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
        var hidden = await page[".runs"].EvaluateAsync<int>("list => list.scrollWidth - list.clientWidth");
        Assert.True(hidden <= 0, $"The list hides {hidden} pixels.");
    }

    [Theory]
    [InlineData(390)]
    [InlineData(500)]
    [InlineData(1280)]
    [InlineData(1920)]
    public async Task List_LongTitlesAndErrors_BreakBetweenWords(int width)
    {
        await using var page = await chromium.OpenAsync(width);
        var run = RunDocuments.Summary("20260301-120000-a1b2");
        run["name"] = "augmentation and normalisation";
        run["models"] = new[] { "model1", "strong-garments", "resnet18-random", "ensemble-garments", "model4-annealed" };
        run["winner"] = "strong-garments";
        var failed = RunDocuments.Summary("20260301-110000-c3d4", "failed");
        failed["error"] = "strong-garments, seed 2: the training was interrupted unexpectedly";
        await ListAsync(page, [run, failed]);

        await Assertions.Expect(page["tbody tr >> nth=0"]).ToContainTextAsync("Strong small network on garments");
        Assert.Empty(await Words.BrokenAsync(page["tbody tr"]));
        var hidden = await page[".runs"].EvaluateAsync<int>("list => list.scrollWidth - list.clientWidth");
        Assert.True(hidden <= 0, $"The list hides {hidden} pixels.");
    }

    [Fact]
    public async Task List_CompletedRun_ShowsNameTagsAndFigures()
    {
        await using var page = await chromium.OpenAsync(1280);
        var run = RunDocuments.Summary("20260301-a");
        run["name"] = "wider network";
        run["tags"] = new[] { "ablation" };
        run["notes"] = "Repeat with three seeds.";
        await ListAsync(page, [run]);

        var cells = await page["tbody tr > *"].AllInnerTextsAsync();

        Assert.Equal(
            ["wider network", "20260301-a", "ablation", "Repeat with three seeds."],
            cells[1].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["Model 3", "81.3 %", "79.7 %", "1 min 30 s"], cells.Skip(5).Take(4));
        await Assertions.Expect(page["thead th >> nth=3"]).ToHaveTextAsync("Created");
    }

    [Fact]
    public async Task List_RunsOfSeveralDataSets_NameTheirSets()
    {
        await using var page = await chromium.OpenAsync(1280);
        var other = RunDocuments.Summary("a");
        other["dataset"] = "shapes";
        var old = RunDocuments.Summary("b");
        old["dataset"] = null;
        await ListAsync(page, [other, RunDocuments.Summary("c"), old]);

        var notes = await page["tbody tr td.long .small"].AllInnerTextsAsync();

        Assert.Equal(["smoke", "shapes", "smoke", "fashion-mnist", "smoke"], notes);
        Assert.DoesNotContain("MNIST", await page[".view-head"].InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_FilterSortAndSearch_AskTheServerAndStayInTheAddress()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await ListAsync(page, [RunDocuments.Summary("a")]);

        await page.Page.GetByLabel("Status").SelectOptionAsync("failed");
        await page["thead button:has-text(\"Test\")"].ClickAsync();
        // The address changes before the list is asked for.
        await page.Page.RunAndWaitForResponseAsync(
            () => page.Page.GetByLabel("Search").FillAsync("two words"),
            response => response.Url.Contains("search=two", StringComparison.Ordinal));
        await page.AtAsync("search=two+words");
        await Assertions.Expect(page["th[aria-sort=descending]"]).ToHaveTextAsync("Test");

        var query = api.Last("GET comparisons").Query;
        Assert.Equal(("failed", "test", "desc", "two words"), (query["status"], query["sort"], query["order"], query["search"]));
        Assert.Contains("status=failed&sort=test&order=desc", page.Page.Url, StringComparison.Ordinal);
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.GetByLabel("Search")).ToHaveValueAsync("two words");
        await Assertions.Expect(page.Page.GetByLabel("Status")).ToHaveValueAsync("failed");
    }

    [Fact]
    public async Task Back_FromARunOfTheThirdPage_ShowsTheSamePlace()
    {
        await using var page = await chromium.OpenAsync(1280);
        var runs = Enumerable.Range(1, 45).Select(i => RunDocuments.Summary($"run-{i:00}")).ToArray();
        var api = await ListAsync(page, runs);
        api.On("GET comparisons/run-41", RunDocuments.Run("run-41", "failed", ("model1", 1)))
            .On("GET comparisons/run-41/metrics", request => new AnsweredApi.Answer(RunDocuments.Metrics(request)));
        var more = page.Page.GetByRole(AriaRole.Button, new() { Name = "Show more runs" });
        await more.ClickAsync();
        await Assertions.Expect(page["tbody tr"]).ToHaveCountAsync(40);
        await more.ClickAsync();
        await Assertions.Expect(page["tbody tr"]).ToHaveCountAsync(45);

        await page["a:text-is(\"run-41\")"].ClickAsync();
        await Assertions.Expect(page["h1"]).ToHaveTextAsync("Run run-41");
        await page.Page.GoBackAsync();

        await Assertions.Expect(page["tbody tr"]).ToHaveCountAsync(45);
        await Assertions.Expect(page["a:text-is(\"run-41\")"]).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Edit_NameTagsAndNotes_ArePatched()
    {
        await using var page = await chromium.OpenAsync(390, ColorScheme.Dark);
        var run = RunDocuments.Summary("a");
        var api = await ListAsync(page, [run]);
        api.On("PATCH comparisons/a", request =>
        {
            run["name"] = (string)request.Json["name"]!;
            run["notes"] = (string)request.Json["notes"]!;
            return new AnsweredApi.Answer(run);
        });

        await page["button:has-text(\"Edit\")"].ClickAsync();
        await Assertions.Expect(page["#edit-name"]).ToBeFocusedAsync();
        Assert.Empty(await page.BarriersAsync());
        await page["#edit-name"].FillAsync(" baseline ");
        await page["#edit-tags"].FillAsync("one, two,, one");
        await page["#edit-notes"].FillAsync(" Repeat it.\nWith three seeds. ");
        await page["#edit-name"].PressAsync("Enter");

        await Assertions.Expect(page["tbody th > a"]).ToHaveTextAsync("baseline");
        await Assertions.Expect(page["tbody th > .cut"]).ToHaveTextAsync("Repeat it. With three seeds.");
        Assert.Equal(
            """{"name":"baseline","tags":["one","two"],"notes":"Repeat it.\nWith three seeds."}""",
            api.Last("PATCH comparisons/a").Json.ToJsonString());
    }

    [Fact]
    public async Task Delete_Confirmed_RemovesTheRow()
    {
        await using var page = await chromium.OpenAsync(1280);
        var runs = new List<Dictionary<string, object?>> { RunDocuments.Summary("a"), RunDocuments.Summary("b") };
        var api = await ListAsync(page, runs);
        api.On("DELETE comparisons/a", _ =>
        {
            runs.RemoveAt(0);
            return new AnsweredApi.Answer(null, 204);
        });

        await page["tbody button:has-text(\"Delete\") >> nth=0"].ClickAsync();
        await Assertions.Expect(page["#question-no"]).ToBeFocusedAsync();
        await page["#question-yes"].ClickAsync();

        await Assertions.Expect(page["tbody th"]).ToHaveTextAsync(["b"]);
    }

    [Fact]
    public async Task Delete_RunOfTheChampion_SaysWhyNot()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await ListAsync(page, [RunDocuments.Summary("a")]);
        api.On("DELETE comparisons/a", new { detail = "run: a holds the champion." }, 409);

        await page["tbody button:has-text(\"Delete\") >> nth=0"].ClickAsync();
        await page["#question-yes"].ClickAsync();

        await Assertions.Expect(page["#trouble"]).ToHaveTextAsync("run: a holds the champion.");
        page.Forgive(409);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Address_WithoutAView_SaysSo()
    {
        await using var page = await chromium.OpenAsync(390);
        await page.Page.GotoAsync(served.Url("#/nothing"));

        await Assertions.Expect(page["h1"]).ToHaveTextAsync("There is no such page");
        Assert.Empty(await page.BarriersAsync());
    }

    private Task<AnsweredApi> ListAsync(WatchedPage page, IReadOnlyList<Dictionary<string, object?>> runs) =>
        RunListPage.OpenAsync(page, served, "", runs);
}
