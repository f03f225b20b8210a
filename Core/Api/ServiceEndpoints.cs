using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.OpenApi;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Application;

namespace ServerlessFashion.Api;

/// <summary>Endpoints for the health of the service, its description, and its dashboard.</summary>
internal static class ServiceEndpoints
{
    private static readonly string Version =
        typeof(ServiceEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static void Map(RouteGroupBuilder service)
    {
        service.MapGet("/health", GetHealthAsync).Named("GetHealth", "Tells whether the service works")
            .WithDescription("Answers 503 if the storage account does not answer within five seconds.")
            .AllowAnonymous()
            .Responds(StatusCodes.Status200OK, "The service works.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable);
        service.MapGet("/openapi.json", GetOpenApiAsync).Named("GetOpenApi", "Gives this document")
            .WithDescription("The document is generated from the endpoints and is the same in all hosts.")
            .Produces<JsonObject>(StatusCodes.Status200OK, RequestBody.JsonType)
            .Responds(StatusCodes.Status200OK, "An OpenAPI 3.1 document.")
            .Fails(StatusCodes.Status400BadRequest);
        service.MapGet("/dashboard", GetDashboard).Named("GetDashboard", "Shows the runs as a page")
            .WithDescription("The page asks this API for its data.")
            .WithMetadata(new AnyQuery())
            .RespondsContent("text/html", "The page.");
    }

    /// <summary>The service works when its storage answers; nothing works without storage.</summary>
    private static async Task<Results<Ok<HealthDocument>, ProblemHttpResult>> GetHealthAsync(
        [FromServices] FashionApplication application, CancellationToken cancellation) =>
        await application.Health.IsHealthyAsync(cancellation)
            ? TypedResults.Ok(new HealthDocument(HealthDocument.Healthy, Version))
            : Problems.Of(StatusCodes.Status503ServiceUnavailable, "The storage account does not answer.");

    private static async Task<FileContentHttpResult> GetOpenApiAsync([FromServices] ApiDocument document) =>
        TypedResults.Bytes(await document.GetAsync(), RequestBody.JsonType);

    private static FileContentHttpResult GetDashboard(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Dashboard.ContentSecurityPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Bytes(Dashboard.Page, "text/html; charset=utf-8");
    }
}
