using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The page of one run.</summary>
internal static class RunPage
{
    public const string Id = "20260301-run";

    /// <summary>Opens a run with these trainings, and waits until all epochs are drawn.</summary>
    public static async Task<AnsweredApi> OpenAsync(
        WatchedPage page, ServedDashboard served, string status, Func<AnsweredApi.Request, object> metrics,
        params (string Model, int Seed)[] trainings)
    {
        var api = (await AnsweredApi.OnAsync(page))
            .On($"GET comparisons/{Id}", RunDocuments.Run(Id, status, trainings))
            .On($"GET comparisons/{Id}/metrics", request => new AnsweredApi.Answer(metrics(request)))
            .On($"GET comparisons/{Id}/report/report.json", RunDocuments.Report(Id));
        await page.Page.GotoAsync(served.Url($"#/run/{Id}"));
        await Assertions.Expect(page["figure >> nth=0"]).ToHaveAttributeAsync("data-points", $"{12 * trainings.Length}");
        return api;
    }
}
