using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using ServerlessFashion.Application;
using ServerlessFashion.Storage;

namespace ServerlessFashion.Api;

/// <summary>Serves the files of a run's report from storage.</summary>
internal sealed partial class ReportsApi(FashionStorage storage, ComparisonQueries comparisons)
{
    private const string Page = "index.html";

    /// <summary>A report holds styles and pictures of its own, no script, and refers to nothing outside.</summary>
    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private readonly BlobContainerClient _blobs = storage.Container(StorageNames.Runs);

    /// <summary>The report as a page for people.</summary>
    public Task<IResult> GetPageAsync(HttpContext context) => GetAsync(context, Page);

    public Task<IResult> GetFileAsync(HttpContext context) => GetAsync(context, (string?)context.GetRouteValue("file") ?? Page);

    private async Task<IResult> GetAsync(HttpContext context, string file)
    {
        var run = await comparisons.GetAsync((string)context.GetRouteValue("id")!, context.RequestAborted);
        var found = SafePath().IsMatch(file) ? await FindAsync(StorageNames.ReportFolder(run.Id) + file, context.RequestAborted) : null;
        if (found is null)
        {
            throw new ProblemException(StatusCodes.Status404NotFound, run.IsFinished
                ? $"run {run.Id} has no report file '{file}'."
                : $"run {run.Id} has no report yet: it has not ended.");
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return Results.Stream(
            found.Content, found.Details.ContentType, lastModified: found.Details.LastModified,
            entityTag: new EntityTagHeaderValue(found.Details.ETag.ToString("H")));
    }

    private async Task<BlobDownloadStreamingResult?> FindAsync(string blob, CancellationToken cancellation)
    {
        try
        {
            return await _blobs.GetBlobClient(blob).DownloadStreamingAsync(cancellationToken: cancellation);
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
