using System.ComponentModel;
using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using ServerlessFashion.Application;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Api;

/// <summary>Endpoints that serve the files of a run's report from storage.</summary>
internal static partial class ReportEndpoints
{
    private const string Page = "index.html";
    private const string Id = "Id of a run.";
    private const string Unchanged = "The content has the ETag in If-None-Match.";

    /// <summary>A report holds styles and pictures of its own, no script, and refers to nothing outside.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static readonly (string, string) ETag = ("ETag", "Changes when the content does.");

    public static void Map(RouteGroupBuilder report)
    {
        report.MapGet("", GetPageAsync).Named("GetReport", "Shows the report as a page")
            .RespondsContent("text/html", "File index.html of the report.", ETag)
            .Produces(StatusCodes.Status304NotModified).Responds(StatusCodes.Status304NotModified, Unchanged)
            .Fails(StatusCodes.Status404NotFound);
        report.MapGet("/{*file}", GetFileAsync).Named("GetReportFile", "Gives one file of the report")
            .RespondsContent("*/*", "The file.", ETag)
            .Produces(StatusCodes.Status304NotModified).Responds(StatusCodes.Status304NotModified, Unchanged)
            .Fails(StatusCodes.Status404NotFound);
    }

    private static Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetPageAsync(
        [Description(Id)] string id,
        HttpResponse response,
        [FromServices] FashionStorage storage,
        [FromServices] FashionApplication application,
        CancellationToken cancellation) =>
        GetFileAsync(id, null, response, storage, application, cancellation);

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetFileAsync(
        [Description(Id)] string id,
        [Description("Path in the report folder, e.g. report.json or plots/accuracy-all.svg; slashes are not escaped.")] string? file,
        HttpResponse response,
        [FromServices] FashionStorage storage,
        [FromServices] FashionApplication application,
        CancellationToken cancellation)
    {
        file = string.IsNullOrEmpty(file) ? Page : file;
        var run = await application.Comparisons.GetAsync(id, cancellation);
        var found = SafePath().IsMatch(file) ? await FindAsync(storage, StorageNames.ReportFolder(run.Id) + file, cancellation) : null;
        if (found is null)
        {
            return Problems.Of(StatusCodes.Status404NotFound, run.IsFinished
                ? $"run {run.Id} has no report file '{file}'."
                : $"run {run.Id} has no report yet: it has not ended.");
        }

        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return TypedResults.Stream(
            found.Content, found.Details.ContentType, lastModified: found.Details.LastModified,
            entityTag: new EntityTagHeaderValue(found.Details.ETag.ToString("H")));
    }

    private static async Task<BlobDownloadStreamingResult?> FindAsync(FashionStorage storage, string blob, CancellationToken cancellation)
    {
        try
        {
            return await storage.Container(StorageNames.Runs).GetBlobClient(blob).DownloadStreamingAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    /// <summary>Names and folders that begin with a letter or digit: no way up or out.</summary>
    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$", RegexOptions.CultureInvariant)]
    private static partial Regex SafePath();
}
