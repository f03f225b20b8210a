using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>The form that starts a run, on a server with two data sets and a model of a user.</summary>
internal static class StartPage
{
    /// <param name="earlier">The completed runs, newest first; the list gives those on the data set that it is asked for.</param>
    public static async Task<AnsweredApi> OpenAsync(
        WatchedPage page, ServedDashboard served, string view, params Dictionary<string, object?>[] earlier)
    {
        var api = (await AnsweredApi.OnAsync(page))
            .On("GET comparisons", request => new AnsweredApi.Answer(new
            {
                items = earlier.Where(run => SetOf(run) == request.Query.GetValueOrDefault("dataset", SetOf(run)))
                    .Take(int.Parse(request.Query["top"], null)),
                continuation = (string?)null,
            }))
            .On("GET datasets", DatasetDocuments.List)
            .On("GET specs", new
            {
                items = new[]
                {
                    new { name = "model1", title = "Model 1", isBuiltIn = true },
                    new { name = "mine", title = "My net", isBuiltIn = false },
                },
                continuation = (string?)null,
            })
            .On("GET specs/mine", new { name = "mine", batchSize = 48, phases = new[] { new { epochs = 4 }, new { epochs = 3 } } });
        foreach (var run in earlier)
        {
            api.On($"GET comparisons/{run["id"]}", run);
        }

        await page.Page.GotoAsync(served.Url(view));
        await Assertions.Expect(page["#time"]).Not.ToBeEmptyAsync();
        return api;
    }

    public static async Task ChooseOnlyAsync(WatchedPage page, string model)
    {
        await page["input[value=smoke]"].CheckAsync();
        foreach (var box in await page["input[name=model]"].AllAsync())
        {
            await box.SetCheckedAsync(await box.InputValueAsync() == model);
        }
    }

    private static string SetOf(Dictionary<string, object?> run) =>
        run["dataset"] is { } set ? (string)set.GetType().GetProperty("name")!.GetValue(set)! : "fashion-mnist";
}
