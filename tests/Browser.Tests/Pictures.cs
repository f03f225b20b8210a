using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>Takes the pictures in docs/images from a real run, for the README: <c>build/screenshots.sh</c>.</summary>
public sealed class Pictures(Chromium chromium, ServedDashboard served)
{
    private const int Width = 1280;
    private const int TallEnoughForTheCurves = 1020;
    private const int TallEnoughForTheVerdict = 1060;
    private const float LongestRun = 600_000;
    private static readonly Regex PointsOfAGoodPicture = new("^(1[5-9]|2[0-9])$");

    private static readonly string Folder = typeof(Pictures).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "PicturesFolder").Value!;

    [Fact(Explicit = true)]
    public async Task Take_OfARunAndItsReport()
    {
        Directory.CreateDirectory(Folder);
        await using var page = await chromium.OpenAsync(Width);
        await page.Page.GotoAsync(served.Url("#/start"));
        await page["input[value=smoke]"].CheckAsync();
        foreach (var box in await page["input[name=model]"].AllAsync())
        {
            await box.SetCheckedAsync(await box.InputValueAsync() is "model1" or "model3");
        }

        foreach (var epochs in await page["input[name=epochs]:enabled"].AllAsync())
        {
            await epochs.FillAsync("14");
        }

        await page.Page.SetViewportSizeAsync(Width, TallEnoughForTheCurves);
        await page["button[type=submit]"].ClickAsync();
        await Assertions.Expect(page["figure >> nth=0"])
            .ToHaveAttributeAsync("data-points", PointsOfAGoodPicture, new() { Timeout = LongestRun });
        await TakeAsync(page, "dashboard-run.png");

        await Assertions.Expect(page["h1 ~ .meta .pill"]).ToHaveTextAsync(new Regex("Completed"), new() { Timeout = LongestRun });
        await page.Page.GotoAsync(await page["a.primary:has-text(\"Open the report\")"].EvaluateAsync<string>("link => link.href"));
        await page.Page.SetViewportSizeAsync(Width, TallEnoughForTheVerdict);
        await TakeAsync(page, "report-verdict.png");
    }

    private static async Task TakeAsync(WatchedPage page, string name) =>
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name), Animations = ScreenshotAnimations.Disabled });
}
