using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessFashion.Chaos.Proxy;

/// <summary>One request of a command to its storage, on its way through the proxy.</summary>
/// <param name="number">Counted from 1 over all calls of the proxy.</param>
internal sealed class StorageCall(
    HttpContext context, byte[] body, int targetPort, HttpClient storage, int number, CancellationToken ended)
{
    /// <summary>The answer of the storage, on its way back.</summary>
    internal sealed record Answer(int Status, string? Reason, List<KeyValuePair<string, string[]>> Headers, byte[] Body);

    /// <summary>Headers that belong to one connection.</summary>
    private static readonly string[] OfConnection = ["Connection", "Keep-Alive", "Transfer-Encoding", "Host", "Expect"];

    public int Number => number;

    /// <summary>What it asks, e.g. <c>PUT pointer</c>, <c>PUT checkpoint block</c> or <c>PUT EpochMetrics</c>.</summary>
    public string Name { get; } = Describe(context.Request);

    /// <summary>True for the calls with which a training commits an epoch.</summary>
    public bool IsCommit => context.Request.Method is "PUT" or "DELETE" or "POST" or "PATCH"
        && (Name.Contains("checkpoint", StringComparison.Ordinal) || Name.Contains("pointer", StringComparison.Ordinal)
            || Name.Contains("EpochMetrics", StringComparison.Ordinal));

    /// <summary>Carries out the call and returns its answer to the command.</summary>
    public async Task PassAsync() => await ReplyAsync(await ForwardAsync());

    /// <summary>Lets the storage carry out the call, and keeps the answer.</summary>
    public async Task<Answer> ForwardAsync()
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), Target());
        var hasBody = body.Length > 0 || context.Request.ContentLength is not null;
        request.Content = hasBody ? new ByteArrayContent(body) : null;
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!OfConnection.Contains(name, StringComparer.OrdinalIgnoreCase)
                && !request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        using var response = await storage.SendAsync(request, ended);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => !OfConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key, header.Value.ToArray()));
        return new Answer(
            (int)response.StatusCode, response.ReasonPhrase, [.. headers], await response.Content.ReadAsByteArrayAsync(ended));
    }

    /// <summary>Returns an answer of the storage to the command.</summary>
    public async Task ReplyAsync(Answer answer)
    {
        Begin(answer);
        await context.Response.Body.WriteAsync(answer.Body, ended);
    }

    /// <summary>Returns half of an answer's body, or half of its head if it has no body, and ends the connection.</summary>
    public async Task CutAsync(Answer answer)
    {
        if (answer.Body.Length > 1)
        {
            Begin(answer);
            await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), ended);
            await context.Response.Body.FlushAsync(ended);
        }

        Reset();
    }

    /// <summary>Refuses the call without asking the storage.</summary>
    public async Task RefuseAsync(int status, string code, TimeSpan? retryAfter = null)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
        if (retryAfter is { } delay)
        {
            context.Response.Headers.RetryAfter = delay.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }

        await context.Response.CompleteAsync();
    }

    /// <summary>Ends the connection without an answer.</summary>
    public void Reset() => context.Abort();

    private void Begin(Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = answer.Reason;
        foreach (var (name, values) in answer.Headers)
        {
            context.Response.Headers[name] = values;
        }
    }

    /// <summary>The path and query as the command sent them, because its signature covers them.</summary>
    private Uri Target() => new(
        $"http://127.0.0.1:{targetPort}{context.Features.Get<IHttpRequestFeature>()!.RawTarget}",
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private static string Describe(HttpRequest request)
    {
        // /ACCOUNT/CONTAINER/BLOB or /ACCOUNT/TABLE(KEYS)
        var path = request.Path.Value!;
        var folders = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var file = folders.Length > 2 ? folders[^1] : folders.LastOrDefault("").Split('(')[0];
        var what = path.Contains("/checkpoints/", StringComparison.Ordinal) && file != "pointer.json" ? "checkpoint" : file;
        var part = request.Query["comp"].ToString();
        return $"{request.Method} {what.Replace(".json", "", StringComparison.Ordinal)} {part}".TrimEnd();
    }
}
