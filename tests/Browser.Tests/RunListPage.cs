using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The list of runs, on a server with two data sets.</summary>
internal static class RunListPage
{
    /// <summary>Opens the list of these runs, served in pages as the API does.</summary>
    public static async Task<AnsweredApi> OpenAsync(
        WatchedPage page, ServedDashboard served, string view, IReadOnlyList<Dictionary<string, object?>> runs)
    {
        var api = (await AnsweredApi.OnAsync(page)).On("GET datasets", DatasetDocuments.List).On("GET comparisons", request =>
        {
            var first = int.Parse(request.Query.GetValueOrDefault("continuation", "0"), null);
            var end = first + int.Parse(request.Query["top"], null);
            return new AnsweredApi.Answer(new
            {
                items = runs.Skip(first).Take(end - first),
                continuation = end < runs.Count ? end.ToString(null as IFormatProvider) : null,
            });
        });
        await page.Page.GotoAsync(served.Url(view));
        await Assertions.Expect(page["tbody tr"]).ToHaveCountAsync(Math.Min(20, runs.Count));
        return api;
    }
}
