using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>
/// The system turns dark while a page is open. From then on the server answers nothing, so that the page has only what it knows.
/// </summary>
public sealed class ColourSchemeTests(Chromium chromium, ServedDashboard served)
{
    private const string LightBlue = "rgb(29, 95, 180)";
    private const string DarkBlue = "rgb(111, 171, 255)";

    private static readonly int[] LightGrid = [0xe3, 0xe7, 0xee];
    private static readonly int[] DarkGrid = [0x2a, 0x32, 0x3e];

    [Fact]
    public async Task RunPage_SystemTurnsDark_DrawsItsFiguresAnew()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await RunPage.OpenAsync(page, served, "completed", RunDocuments.Metrics, ("model1", 1), ("model3", 1));
        await Assertions.Expect(page["canvas"]).ToHaveCountAsync(4);
        await ExpectGridAsync(page, LightGrid);
        await ExpectBlueAsync(page, LightBlue);
        api.On($"GET comparisons/{RunPage.Id}", new { detail = "The server is away." }, 503);

        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

        await ExpectGridAsync(page, DarkGrid);
        await ExpectBlueAsync(page, DarkBlue);

        static async Task ExpectBlueAsync(WatchedPage page, string blue)
        {
            await Assertions.Expect(page[".legend .swatch line >> nth=0"]).ToHaveCSSAsync("stroke", blue);
            await Assertions.Expect(page["section:has(#trainings) .named >> nth=0"]).ToHaveCSSAsync("border-left-color", blue);
        }
    }

    [Fact]
    public async Task Compare_SystemTurnsDark_DrawsItsFiguresAnew()
    {
        await using var page = await chromium.OpenAsync(1280);
        var api = await AnsweredApi.OnAsync(page);
        api.On("GET comparisons", new { items = Array.Empty<object>(), continuation = (string?)null });
        foreach (var id in new[] { "a", "b" })
        {
            api.On($"GET comparisons/{id}", RunDocuments.Run(id, "completed", ("model1", 1)))
                .On($"GET comparisons/{id}/metrics", request => new AnsweredApi.Answer(RunDocuments.Metrics(request)));
        }

        await page.Page.GotoAsync(served.Url("#/compare/a/b"));
        await Assertions.Expect(page["canvas"]).ToHaveCountAsync(2);
        await Assertions.Expect(page[".parallel"]).ToHaveCountAsync(2);
        await ExpectGridAsync(page, LightGrid);
        await ExpectBlueAsync(page, LightBlue);
        api.On("GET comparisons/a", new { detail = "The server is away." }, 503);

        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

        await ExpectGridAsync(page, DarkGrid);
        await ExpectBlueAsync(page, DarkBlue);

        static async Task ExpectBlueAsync(WatchedPage page, string blue)
        {
            await Assertions.Expect(page[".letter >> nth=0"]).ToHaveCSSAsync("border-left-color", blue);
            await Assertions.Expect(page[".legend .swatch line >> nth=0"]).ToHaveCSSAsync("stroke", blue);
            await Assertions.Expect(page[".parallel >> nth=0"]).ToHaveCSSAsync("stroke", blue);
        }
    }

    /// <summary>Waits until the grid lines of all figures, which are longer together than a figure is wide, have that colour.</summary>
    private static async Task ExpectGridAsync(WatchedPage page, int[] colour) => await page.Page.WaitForFunctionAsync(
        """
        colour => [...document.querySelectorAll("canvas")].every(canvas => {
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let found = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255 && colour.every((part, j) => data[i + j] === part)) found++;
          return found > canvas.width;
        })
        """,
        colour,
        new() { Timeout = 10_000 });
}
