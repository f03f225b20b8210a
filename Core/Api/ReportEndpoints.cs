using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using ServerlessFashion.Application;

namespace ServerlessFashion.Api;

/// <summary>Endpoints that serve the files of a run's report from storage.</summary>
internal static class ReportEndpoints
{
    private const string Page = "index.html";
    private const string Id = RunParameter.Description;
    private const string Unchanged = "The content has the ETag in If-None-Match.";

    /// <summary>A report holds styles and pictures of its own, no script, and refers to nothing outside.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static readonly (string, string) ETag = ("ETag", "Changes when the content does.");

    public static void Map(RouteGroupBuilder report)
    {
        report.MapGet("", GetPageAsync).Named("GetReport", "Shows the report as a page")
            .WithDescription("The page needs no network and no script.")
            .RespondsContent("text/html", "File index.html of the report.", ETag)
            .Produces(StatusCodes.Status302Found).Responds(StatusCodes.Status302Found, "A browser is sent on to index.html.")
            .Produces(StatusCodes.Status304NotModified).Responds(StatusCodes.Status304NotModified, Unchanged)
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        report.MapGet("/{*file}", GetFileAsync).Named("GetReportFile", "Gives one file of the report")
            .WithDescription("Files are named by their path in the report folder.")
            .RespondsContent("*/*", "The file.", ETag)
            .Produces(StatusCodes.Status304NotModified).Responds(StatusCodes.Status304NotModified, Unchanged)
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    /// <summary>
    /// The page. A browser that opens it is sent on to the file, because the page links to the files beside it.
    /// </summary>
    private static async Task<Results<FileStreamHttpResult, RedirectHttpResult, ProblemHttpResult>> GetPageAsync(
        [Description(Id)] string id,
        HttpRequest request,
        HttpResponse response,
        [FromServices] FashionApplication application,
        CancellationToken cancellation)
    {
        if (request.Headers["Sec-Fetch-Dest"] == "document")
        {
            return TypedResults.Redirect($"report/{Page}{request.QueryString}");
        }

        return (await GetFileAsync(id, null, response, application, cancellation)).Result switch
        {
            FileStreamHttpResult file => file,
            var other => (ProblemHttpResult)other,
        };
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetFileAsync(
        [Description(Id)] string id,
        [Description("Path in the report folder, e.g. report.json or plots/accuracy-all.svg; slashes are not escaped.")] string? file,
        HttpResponse response,
        [FromServices] FashionApplication application,
        CancellationToken cancellation)
    {
        file = string.IsNullOrEmpty(file) ? Page : file;
        var run = await application.Comparisons.GetAsync(id, cancellation);
        var found = await application.Reports.FindFileAsync(run.Id, file, cancellation);
        if (found is null)
        {
            return Problems.Of(StatusCodes.Status404NotFound, run.IsFinished
                ? $"run {run.Id} has no report file '{file}'."
                : $"run {run.Id} has no report yet: it has not ended.");
        }

        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return TypedResults.Stream(
            found.Content, found.ContentType, lastModified: found.LastModified, entityTag: new EntityTagHeaderValue(found.ETag));
    }
}
