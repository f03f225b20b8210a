using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Application;

namespace ServerlessFashion.Api;

/// <summary>The endpoint that gives whole report folders.</summary>
internal static class ArchiveEndpoints
{
    private const string Zip = "application/zip";
    private const int MostRuns = 50;

    public static void Map(RouteGroupBuilder reports) =>
        reports.MapGet("", GetAsync).Named("GetReports", "Gives the report of one run or of several as a ZIP")
            .WithDescription(
                "With one run, the ZIP holds the files of its report. With several runs, it holds one report with "
                + "the models of all of them. With mlflow, it holds a tracking store of MLflow.")
            .RespondsContent(Zip, "The files of the report folder.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<FileStreamHttpResult> GetAsync(
        [FromServices] FashionApplication application,
        CancellationToken cancellation,
        [FromQuery, Required, Description("Ids of runs, separated by commas. The report of several runs has one table for all.")]
        string? runs = null,
        [FromQuery, Description("Gives a tracking store of MLflow instead, which will lie at this path of the client.")]
        string? mlflow = null)
    {
        var ids = await FindAsync(application.Comparisons, runs, cancellation);
        var packed = mlflow is null
            ? await application.Archives.PackAsync(ids, cancellation)
            : await application.Archives.PackMlflowAsync(ids, mlflow, cancellation);
        return TypedResults.Stream(packed, Zip, ids is [var only] ? $"report-{only}.zip" : "report.zip");
    }

    private static async Task<List<string>> FindAsync(ComparisonQueries comparisons, string? runs, CancellationToken cancellation)
    {
        var asked = (runs ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (asked.Length is 0 or > MostRuns)
        {
            throw new InvalidInputException($"runs: expected 1 to {MostRuns} ids separated by commas, found {asked.Length}.");
        }

        var found = new List<string>();
        foreach (var id in asked.Distinct())
        {
            found.Add((await comparisons.GetAsync(id, cancellation)).Id);
        }

        return found;
    }
}
