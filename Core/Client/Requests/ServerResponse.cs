using System.Net;
using System.Net.Http;
using System.Text.Json;
using ServerlessFashion.Application;
using ServerlessFashion.Client.Documents;

namespace ServerlessFashion.Client.Requests;

/// <summary>Reads responses that are no success.</summary>
internal static class ServerResponse
{
    public const string JsonType = "application/json";

    private const string ProblemType = "application/problem+json";

    /// <summary>With this a server of this API answers a path that it does not have.</summary>
    private const string NothingThere = "There is nothing at ";

    /// <summary>The problem in the response; null if it contains none.</summary>
    public static async Task<ProblemDocument?> FindProblemAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        response.Content.Headers.ContentType?.MediaType == ProblemType
            ? await FindAsync<ProblemDocument>(response, cancellation)
            : null;

    /// <summary>The version of a server that reports its health; null for a server of something else.</summary>
    public static async Task<string?> FindVersionAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        response.Content.Headers.ContentType?.MediaType == JsonType
        && await FindAsync<HealthDocument>(response, cancellation) is { Status: HealthDocument.Healthy } health
            ? health.Version
            : null;

    /// <summary>
    /// Whether no endpoint of the API has answered, because the server lacks the path or the method or serves something else. Endpoints
    /// describe each refusal.
    /// </summary>
    public static bool IsOfNoEndpoint(HttpResponseMessage response, ProblemDocument? problem) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => false,
        HttpStatusCode.MethodNotAllowed => true,
        < HttpStatusCode.BadRequest or >= HttpStatusCode.InternalServerError => false,
        _ => problem?.Detail is not { } detail || detail.StartsWith(NothingThere, StringComparison.Ordinal),
    };

    /// <param name="server">The address as users write it.</param>
    /// <param name="advice">What to do about a server that does not accept the sign-in: the end of a sentence.</param>
    public static Exception ToException(
        HttpResponseMessage response, ProblemDocument? problem, string server, string advice, DateTimeOffset now)
    {
        var detail = problem?.Detail ?? problem?.Title;
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new InvalidInputException($"server: {server} does not let this client in; {advice}."),
            HttpStatusCode.Forbidden => new InvalidInputException($"server: {server} refuses this client ({detail ?? "403"}); {advice}."),
            HttpStatusCode.NotFound => new RefusedException(Refusal.NotFound, detail!),
            HttpStatusCode.Conflict => new RefusedException(Refusal.Conflict, detail!),
            HttpStatusCode.UnprocessableEntity => new RefusedException(Refusal.KeyReused, detail!),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => Failed(response, server, detail, now, isUnsent: true),
            HttpStatusCode.ServiceUnavailable => Failed(response, server, detail, now, isUnsent: false),
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => Failed(response, server, detail, now, isUnsent: false),
            _ when status is >= 300 and < 400 => new InvalidInputException(
                $"server: {server} redirects to {Target(response)}; give that address."),
            _ when status < 500 => new InvalidInputException(detail!),
            _ => new ServerException(
                $"server: {server} failed with status {status}{(detail is null ? "" : $": {detail.TrimEnd('.')}")}"
                + $"{(problem?.TraceId is { } id ? $" (traceId {id})" : "")}."),
        };
    }

    private static ServerException Failed(
        HttpResponseMessage response, string server, string? detail, DateTimeOffset now, bool isUnsent) =>
        new($"server: {server} answers with status {(int)response.StatusCode}: {detail ?? "it is not ready"}")
        {
            IsTransient = true,
            IsUnsent = isUnsent,
            Reason = $"status {(int)response.StatusCode}{(detail is null ? "" : $", {detail.TrimEnd('.')}")}",
            RetryAfter = response.Headers.RetryAfter is { } wait ? wait.Delta ?? Positive(wait.Date - now) : null,
        };

    private static TimeSpan? Positive(TimeSpan? time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    /// <summary>The place of a redirection without its query, which may hold a key.</summary>
    private static string Target(HttpResponseMessage response) =>
        response.Headers.Location is { IsAbsoluteUri: true } target ? target.GetLeftPart(UriPartial.Path) : "another path";

    private static async Task<T?> FindAsync<T>(HttpResponseMessage response, CancellationToken cancellation) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(await response.Content.ReadAsByteArrayAsync(cancellation), AnswerJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
