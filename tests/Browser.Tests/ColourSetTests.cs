using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Browser.Tests;

/// <summary>A colour set on the real server, from its file to its removal, by somebody who has nothing but the dashboard.</summary>
public sealed class ColourSetTests(Chromium chromium, ServedDashboard served)
{
    private const string Name = "discs";
    private const float LongestRun = 600_000;

    private static readonly string[] Classes = [.. ColourDiscs.Classes];

    [Fact]
    public async Task ColourSet_RegisteredByTheForm_TrainsPredictsAndIsRemoved()
    {
        await using var page = await chromium.OpenAsync(1280);
        await page.Page.GotoAsync(served.Url("#/datasets"));

        await RegisterAsync(page);
        await page["main a:text-is(\"discs\") >> nth=0"].ClickAsync();
        await CheckSetAsync(page);
        await page["main a.primary:text-is(\"Start a run\")"].ClickAsync();
        await TrainAsync(page);
        await CheckRunAsync(page);
        await page["nav a:text-is(\"Data sets\")"].ClickAsync();
        await page["tr:has(a:text-is(\"discs\")) a:has-text(\"Predict\")"].ClickAsync();
        await PredictAsync(page);
        await page.Page.GotoAsync(served.Url("#/models?dataset=discs"));
        await Assertions.Expect(page[".champion"]).ToContainTextAsync("classes of discs");
        Assert.Empty(await page.BarriersAsync());
        await RemoveAsync(page);
        Assert.Empty(page.Complaints);
    }

    private static async Task RegisterAsync(WatchedPage page)
    {
        var file = new FilePayload { Name = "discs.zip", MimeType = "application/zip", Buffer = ColourDiscs.Zip(perClass: 80) };
        await page["#file"].SetInputFilesAsync(file);
        await page["button[type=submit]"].ClickAsync();
        await Assertions.Expect(page["#add ~ div h3"]).ToHaveTextAsync("Registered: discs", new() { Timeout = 60_000 });
        await Assertions.Expect(page["#add ~ div p >> nth=0"]).ToHaveTextAsync(
            "240 images of 32 x 32, colour, in 3 classes: blue disc, green disc, red disc.");
    }

    /// <summary>The first sample of a class has its colour: blue is the strongest channel somewhere in a picture of a blue disc.</summary>
    private static async Task CheckSetAsync(WatchedPage page)
    {
        await Assertions.Expect(page["h1"]).ToHaveTextAsync(Name);
        await Assertions.Expect(page["section:has(#classes) tbody th"]).ToHaveTextAsync(Classes);
        await Assertions.Expect(page[".samples img"]).ToHaveCountAsync(12);
        await Assertions.Expect(page[".samples figcaption >> nth=0"]).ToHaveTextAsync("blue disc");
        var brightest = await page[".samples img >> nth=0"].EvaluateAsync<int[]>(BrightestPixel);
        Assert.Equal(brightest[2], brightest.Max());
        Assert.InRange(brightest[2], 200, 255);
        Assert.Empty(await page.BarriersAsync());
    }

    private static async Task TrainAsync(WatchedPage page)
    {
        await Assertions.Expect(page["#dataset"]).ToHaveValueAsync(Name);
        await Assertions.Expect(page["#dataset-note"]).ToContainTextAsync("3 classes: blue disc, green disc, red disc.");
        await Assertions.Expect(page["fieldset[data-field=labels]"]).ToBeHiddenAsync();
        await Assertions.Expect(page["input[value=strong-garments]"]).ToHaveCountAsync(0);
        await page["input[value=smoke]"].CheckAsync();
        foreach (var box in await page["input[name=model]"].AllAsync())
        {
            await box.SetCheckedAsync(await box.InputValueAsync() == "model1");
        }

        await page["input[data-model=model1]"].FillAsync("12");
        await page["button[type=submit]"].ClickAsync();
        await page.AtAsync("#/run/");
    }

    private static async Task CheckRunAsync(WatchedPage page)
    {
        var ended = new Regex("Completed|Failed|Cancelled|Stopped");
        await Assertions.Expect(page["h1 ~ .meta .pill"]).ToHaveTextAsync(ended, new() { Timeout = LongestRun });
        await Assertions.Expect(page["h1 ~ .meta .pill"]).ToContainTextAsync("Completed");
        await Assertions.Expect(page["h1 ~ .meta >> nth=1"]).ToContainTextAsync("classes of discs");
        await Assertions.Expect(page[".matrix tbody th .small"]).ToHaveTextAsync(Classes);
        Assert.DoesNotContain("rightness", await page["main"].InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(await page.BarriersAsync());
    }

    private static async Task PredictAsync(WatchedPage page)
    {
        await Assertions.Expect(page[".view-head .meta"]).ToContainTextAsync("classes of discs");
        var photo = new FilePayload
        {
            Name = "photo.png",
            MimeType = "image/png",
            Buffer = ColourDiscs.Png(label: 2, seed: 5, width: 70, height: 50),
        };
        await page["#files"].SetInputFilesAsync(photo);

        await Assertions.Expect(page[".answer"]).ToContainTextAsync("red disc");
        await Assertions.Expect(page[".bars .of >> nth=0"]).ToHaveTextAsync("red disc");
        var seen = await page[".pictures canvas"].EvaluateAsync<int[]>(
            "canvas => [canvas.width, ...[...canvas.getContext('2d').getImageData(0, 0, 32, 32).data]"
            + ".reduce((most, value, i) => { most[i % 4] = Math.max(most[i % 4], value); return most; }, [0, 0, 0, 0])]");
        Assert.Equal(32, seen[0]);
        Assert.True(seen[1] > 150 && seen[2] < 120 && seen[3] < 120, $"Red should be the brightest: {string.Join(' ', seen)}");
        Assert.Empty(await page.BarriersAsync());
    }

    private static async Task RemoveAsync(WatchedPage page)
    {
        await page["nav a:text-is(\"Data sets\")"].ClickAsync();
        await page["tbody a:text-is(\"discs\")"].ClickAsync();
        await page["button:text-is(\"Remove\")"].ClickAsync();
        await page["#question-yes"].ClickAsync();
        await Assertions.Expect(page["h1"]).ToHaveTextAsync("Data sets");
        await Assertions.Expect(page["tbody a:text-is(\"fashion-mnist\")"]).ToBeVisibleAsync();
        await Assertions.Expect(page["tbody a:text-is(\"discs\")"]).ToHaveCountAsync(0);
    }

    /// <summary>The red, green and blue of the pixel with the largest sum.</summary>
    private const string BrightestPixel = """
        async image => {
          await image.decode();
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
          let most = [0, 0, 0];
          for (let i = 0; i < data.length; i += 4) {
            const pixel = [data[i], data[i + 1], data[i + 2]];
            if (pixel[0] + pixel[1] + pixel[2] > most[0] + most[1] + most[2]) most = pixel;
          }
          return most;
        }
        """;
}
