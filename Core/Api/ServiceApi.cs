using System.Reflection;
using Azure;
using Microsoft.AspNetCore.Http;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Api;

/// <summary>How the service is, what it offers, and its page for people.</summary>
internal sealed class ServiceApi(FashionStorage storage)
{
    private static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(5);
    private static readonly string Version = typeof(ServiceApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private sealed record HealthDocument(string Status, string Version);

    /// <summary>Healthy when storage answers, without which nothing works.</summary>
    public async Task<IResult> GetHealthAsync(HttpContext context)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(HealthTimeout);
        try
        {
            await storage.Container(StorageNames.Runs).GetPropertiesAsync(cancellationToken: late.Token);
            return Answer.Json(new HealthDocument("healthy", Version));
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, "The storage account does not answer.", e);
        }
    }

    public static Task<IResult> GetOpenApiAsync(HttpContext context) =>
        Task.FromResult(Results.Bytes(EmbeddedFile.Read(typeof(ServiceApi), "openapi.json"), "application/json"));

    public static Task<IResult> GetDashboardAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = Dashboard.ContentSecurityPolicy;
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Task.FromResult(Results.Bytes(Dashboard.Page, "text/html; charset=utf-8"));
    }
}
