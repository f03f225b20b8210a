using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace ServerlessFashion.Browser.Tests;

/// <summary>
/// The API as a test wants it: for states that a real run reaches late or hardly ever. The page itself still comes from the server.
/// </summary>
internal sealed class AnsweredApi
{
    private readonly List<Request> _requests = [];
    private readonly Dictionary<string, Func<Request, Answer>> _answers = [];

    private AnsweredApi()
    {
    }

    /// <summary>A request of the page; the path is relative to <c>/api/</c>.</summary>
    public sealed record Request(string Method, string Path, IReadOnlyDictionary<string, string> Query, string? Body)
    {
        public JsonNode Json => JsonNode.Parse(Body!)!;
    }

    public sealed record Answer(object? Document, int Status = 200);

    public IReadOnlyList<Request> Requests => _requests;

    public static async Task<AnsweredApi> OnAsync(WatchedPage page)
    {
        var api = new AnsweredApi();
        await page.Page.RouteAsync("**/api/**", api.HandleAsync);
        return api;
    }

    /// <summary>Answers one path; the newest answer of a path counts.</summary>
    /// <param name="call">Method and path, such as <c>GET models</c>.</param>
    public AnsweredApi On(string call, object? document, int status = 200) => On(call, _ => new Answer(document, status));

    public AnsweredApi On(string call, Func<Request, Answer> answer)
    {
        _answers[call] = answer;
        return this;
    }

    /// <summary>The newest request of that method and path.</summary>
    public Request Last(string call) => _requests.Last(request => $"{request.Method} {request.Path}" == call);

    private async Task HandleAsync(IRoute route)
    {
        var url = new Uri(route.Request.Url);
        var path = Uri.UnescapeDataString(url.AbsolutePath["/api/".Length..]);
        if (path == "dashboard")
        {
            await route.ContinueAsync();
            return;
        }

        var query = url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=', 2))
            .ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1].Replace('+', ' ')));
        var request = new Request(route.Request.Method, path, query, route.Request.PostData);
        _requests.Add(request);
        var answer = _answers.TryGetValue($"{request.Method} {path}", out var known)
            ? known(request)
            : new Answer(new { detail = $"The test does not answer {request.Method} {path}." }, 404);
        await (answer.Status == 204
            ? route.FulfillAsync(new() { Status = 204 })
            : route.FulfillAsync(new() { Status = answer.Status, Json = answer.Document }));
    }
}
