using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Application;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Api;

/// <summary>Endpoints that start, show and change runs.</summary>
internal static class ComparisonEndpoints
{
    private const int LargestBody = 256 << 10;
    private const string Id = RunParameter.Description;

    private static readonly (string, string) Location = ("Location", "Path of the run.");

    public static void Map(RouteGroupBuilder comparisons)
    {
        comparisons.MapPost("", StartAsync).Named("StartComparison", "Starts a comparison")
            .WithDescription(
                "Every field is optional and has the default of the command compare. The run is stored before the "
                + "response is sent. The same Idempotency-Key with the same body gives the same run.")
            .Responds(StatusCodes.Status202Accepted, "Accepted; the same key gives the same run.", Location)
            .Fails(
                StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity);
        comparisons.MapGet("", ComparisonList.GetAsync).Named("ListComparisons", "Lists runs, newest first unless sorted otherwise")
            .WithDescription(
                "Filters, order and pages work together: continuation asks for the page after the last item, also "
                + "when runs were added meanwhile.")
            .Responds(StatusCodes.Status200OK, "A page of runs.")
            .Fails(StatusCodes.Status400BadRequest);
        comparisons.MapGet("/{id}", GetAsync).Named("GetComparison", "Shows the status of a run")
            .WithDescription(
                "Holds the configuration, the finished epochs and the last metrics of each training, the time left, "
                + "and the failures.")
            .Responds(StatusCodes.Status200OK, "The run.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        comparisons.MapPatch("/{id}", EditAsync).Named("EditComparison", "Changes the name, the tags and the notes of a run")
            .WithDescription("A field that is left out stays as it is. A field that is null is cleared.")
            .Responds(StatusCodes.Status200OK, "The run.")
            .Fails(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType);
        comparisons.MapDelete("/{id}", DeleteAsync)
            .Named("DeleteComparison", "Deletes a run that has ended, with its models and its report")
            .WithDescription("The run of the champion, and those of earlier champions that a rollback can reach, are refused.")
            .Responds(StatusCodes.Status204NoContent, "The run is deleted.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        comparisons.MapPost("/{id}/cancel", CancelAsync).Named("CancelComparison", "Asks a run to stop; finished epochs are kept")
            .WithDescription("The trainings stop after their current batch. A run that nobody works on ends at once.")
            .Responds(StatusCodes.Status202Accepted, "The run stops after the current batch.", Location)
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        comparisons.MapPost("/{id}/resume", ResumeAsync).Named("ResumeComparison", "Continues a run where it stopped")
            .WithDescription(
                "Accepts runs that were cancelled, failed or interrupted, and completed runs in which a model failed. Finished "
                + "trainings are used again, and failed ones are tried again. A run that is pending or running does not change.")
            .Responds(StatusCodes.Status202Accepted, "The run continues when its turn comes.", Location)
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        comparisons.MapGet("/{id}/metrics", MetricsQuery.GetAsync).Named("GetMetrics", "Lists the finished epochs")
            .WithDescription("The rows are ordered by epoch; after=N gives those with a larger epoch.")
            .Responds(StatusCodes.Status200OK, "A page of epochs, by model, seed and epoch.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<Accepted<AcceptedDocument>> StartAsync(
        [FromHeader(Name = IdempotencyKey.Header), Description("Makes it safe to send the request again.")]
        [MinLength(1), MaxLength(IdempotencyKey.MaxLength)] string? key,
        [JsonBody(LargestBody, IsOptional = true)] JsonBody<ComparisonOptions>? body,
        [FromServices] FashionApplication application,
        CancellationToken cancellation)
    {
        var keyText = IdempotencyKey.Parse(key);
        var options = body?.Value ?? new ComparisonOptions();
        var (definition, description) = await ConfigureAsync(application, options, cancellation);
        return Accepted(await application.Start.StartAsync(definition, description, options.Device is not null, keyText, cancellation));
    }

    private static async Task<Ok<ComparisonDocument>> GetAsync(
        [Description(Id)] string id, [FromServices] FashionApplication application, CancellationToken cancellation) =>
        TypedResults.Ok(ComparisonDocument.Of(await application.Comparisons.GetStatusAsync(id, cancellation)));

    private static async Task<Ok<ComparisonDocument>> EditAsync(
        [Description(Id)] string id,
        [JsonBody(LargestBody)] JsonBody<ComparisonPatch> body,
        [FromServices] FashionApplication application,
        CancellationToken cancellation)
    {
        try
        {
            var run = await application.Edit.EditAsync(id, body.Value.Apply, cancellation);
            return TypedResults.Ok(ComparisonDocument.Of(await application.Comparisons.GetStatusAsync(run.Id, cancellation)));
        }
        catch (InvalidInputException e)
        {
            throw JsonFields.Problem(e);
        }
    }

    private static async Task<NoContent> DeleteAsync(
        [Description(Id)] string id, [FromServices] FashionApplication application, CancellationToken cancellation)
    {
        await application.Delete.DeleteAsync(id, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted<AcceptedDocument>, ProblemHttpResult>> CancelAsync(
        [Description(Id)] string id, [FromServices] FashionApplication application, CancellationToken cancellation)
    {
        var (run, requested) = await application.Cancel.CancelAsync(id, cancellation);
        return requested ? Accepted(run) : Problems.Of(StatusCodes.Status409Conflict, $"run {run.Id} is {run.Status.Describe()} already.");
    }

    private static async Task<Results<Accepted<AcceptedDocument>, ProblemHttpResult>> ResumeAsync(
        [Description(Id)] string id, [FromServices] FashionApplication application, CancellationToken cancellation)
    {
        var (run, hasWork) = await application.Resume.ResumeAsync(id, cancellation);
        return hasWork
            ? Accepted(run)
            : Problems.Of(
                StatusCodes.Status409Conflict, $"run {run.Id} is completed and none of its models failed; there is nothing to resume.");
    }

    private static async Task<(RunDefinition Definition, RunDescription Description)> ConfigureAsync(
        FashionApplication application, ComparisonOptions options, CancellationToken cancellation)
    {
        try
        {
            return (
                await application.Configure.ConfigureAsync(options, cancellation),
                RunDescription.Of(options.Name, options.Tags, options.Notes));
        }
        catch (InvalidInputException e)
        {
            throw JsonFields.Problem(e);
        }
    }

    private static Accepted<AcceptedDocument> Accepted(RunRecord run) =>
        TypedResults.Accepted(ApiPaths.Comparison(run.Id), AcceptedDocument.Of(run));
}
