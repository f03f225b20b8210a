using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The list of data sets, the form that registers one, and the page of one set.</summary>
public sealed class DatasetPagesTests(Chromium chromium, ServedDashboard served)
{
    private static readonly FilePayload File = new() { Name = "My Pets.zip", MimeType = "application/zip", Buffer = [1, 2, 3] };

    [Fact]
    public async Task Register_FileWithFindings_ShowsThemAndTheSet()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await OpenAsync(page, "#/datasets");
        api.On("POST datasets", DatasetDocuments.Shapes, 201);

        await page["#file"].SetInputFilesAsync(File);
        await Assertions.Expect(page["#name"]).ToHaveValueAsync("my-pets");
        await page["#size"].SelectOptionAsync("32");
        await page["#colours"].SelectOptionAsync("colour");
        await page["input[name=strict]"].CheckAsync();
        await page["button[type=submit]"].ClickAsync();

        await Assertions.Expect(page["#add ~ div h3"]).ToHaveTextAsync("Registered: shapes");
        await Assertions.Expect(page[".findings li"]).ToContainTextAsync("2 pictures cannot be read");
        var sent = api.Last("POST datasets");
        Assert.Equal(["colours", "name", "size", "strict"], sent.Query.Keys.Order());
        Assert.Equal(
            ("my-pets", "32", "colour", "true"),
            (sent.Query["name"], sent.Query["size"], sent.Query["colours"], sent.Query["strict"]));
        Assert.Empty(await page.BarriersAsync());
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData("name: a data set 'my-pets' is registered already; choose another name.", "#problem-name", "#name")]
    [InlineData("body: it has one class, cat; at least two are needed.", ".submit .problem", ".submit .problem")]
    public async Task Register_Refused_SaysItWhereItBelongs(string detail, string place, string focused)
    {
        await using var page = await chromium.OpenAsync(390, ColorScheme.Dark);
        var api = await OpenAsync(page, "#/datasets");
        api.On("POST datasets", new { detail }, 409);

        await page["#file"].SetInputFilesAsync(File);
        await page["button[type=submit]"].ClickAsync();

        await Assertions.Expect(page[place]).ToHaveTextAsync(detail.Replace("body: ", "", StringComparison.Ordinal));
        await Assertions.Expect(page[focused]).ToBeFocusedAsync();
        Assert.Empty(await page.BarriersAsync());
    }

    [Fact]
    public async Task Register_NoFile_AsksForOne()
    {
        await using var page = await chromium.OpenAsync(1280);
        await OpenAsync(page, "#/datasets");

        await page["button[type=submit]"].ClickAsync();

        await Assertions.Expect(page["#problem-file"]).ToHaveTextAsync("Choose a file.");
    }

    /// <summary>The name of a picture would be an element if it were read as markup.</summary>
    [Fact]
    public async Task Set_WithFindings_NamesThePicturesAsText()
    {
        await using var page = await chromium.OpenAsync(390, ColorScheme.Dark);
        await OpenAsync(page, "#/dataset/shapes");

        await page[".findings summary"].ClickAsync();

        await Assertions.Expect(page[".findings details p"]).ToHaveTextAsync("circle/<b>1</b>.png, square/2.png");
        await Assertions.Expect(page[".samples figcaption"]).ToHaveTextAsync(["circle", "square"]);
        await Assertions.Expect(page[".samples img >> nth=1"]).ToHaveAttributeAsync("alt", "Training image 7: square");
        await Assertions.Expect(page["section:has(#classes) tbody th"]).ToHaveTextAsync(["circle", "square", "triangle"]);
        Assert.True(await page.OverflowAsync() <= 0, "The page is wider than the window.");
        Assert.Empty(await page.BarriersAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Remove_SetOfARun_SaysWhyItIsRefused()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await OpenAsync(page, "#/dataset/shapes");
        api.On("DELETE datasets/shapes", new { detail = "name: run r uses the data set 'shapes' and is running." }, 409);

        await page["button:text-is(\"Remove\")"].ClickAsync();
        await Assertions.Expect(page["#question-text"]).ToContainTextAsync("Remove the data set shapes?");
        await page["#question-yes"].ClickAsync();

        await Assertions.Expect(page["#trouble"]).ToHaveTextAsync("name: run r uses the data set 'shapes' and is running.");
        await Assertions.Expect(page["h1"]).ToHaveTextAsync("shapes");
    }

    [Fact]
    public async Task Set_ThatDoesNotExist_LeadsBackToTheList()
    {
        await using var page = await chromium.OpenAsync(1280);
        await AnsweredApi.OnAsync(page);

        await page.Page.GotoAsync(served.Url("#/dataset/nope"));

        await Assertions.Expect(page["h1"]).ToHaveTextAsync("There is no such data set");
        await Assertions.Expect(page["main a.primary"]).ToHaveAttributeAsync("href", "#/datasets");
    }

    private async Task<AnsweredApi> OpenAsync(WatchedPage page, string view)
    {
        var pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        var api = (await AnsweredApi.OnAsync(page))
            .On("GET datasets", DatasetDocuments.List)
            .On("GET datasets/shapes", DatasetDocuments.Shapes)
            .On("GET datasets/shapes/images", new
            {
                items = new[]
                {
                    new { row = 4, label = 0, labelName = "circle", png = pixel },
                    new { row = 7, label = 1, labelName = "square", png = pixel },
                },
            });
        await page.Page.GotoAsync(served.Url(view));
        await Assertions.Expect(page[view == "#/datasets" ? "tbody th >> nth=1" : ".samples img >> nth=1"]).ToBeVisibleAsync();
        return api;
    }
}
