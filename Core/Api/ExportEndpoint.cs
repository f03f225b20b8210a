using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Application;

namespace ServerlessFashion.Api;

/// <summary>The endpoint that gives a model away, with its model card.</summary>
internal static class ExportEndpoint
{
    private const string Zip = "application/zip";

    private static readonly (string, string) FileName = ("Content-Disposition", "A name for the file.");

    public static void Map(RouteGroupBuilder comparisons) =>
        comparisons.MapGet("/{id}/models/{model}/export", GetAsync)
            .Named("ExportModel", "Gives a model as ONNX and safetensors, with its model card")
            .WithDescription("The ZIP holds model.onnx, model.safetensors and MODEL_CARD.md.")
            .RespondsContent(Zip, "A ZIP with model.onnx, model.safetensors (not for an ensemble) and MODEL_CARD.md.", FileName)
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetAsync(
        [Description(RunParameter.Description)] string id,
        [Description("Name of a model of the run.")] string model,
        [FromServices] FashionApplication application,
        CancellationToken cancellation,
        [FromQuery, Description("The seed; the best on validation when left out."), Range(1, int.MaxValue)] int? seed = null)
    {
        try
        {
            // Unknown runs are reported as such, and not as unknown models.
            var run = await application.Comparisons.GetAsync(id, cancellation);
            var reference = string.Create(
                CultureInfo.InvariantCulture, $"{run.Id}/{model}{(seed is { } number ? $"/seed-{number}" : "")}");
            using var package = await application.Export.OpenAsync(reference, cancellation);
            return TypedResults.Stream(await package.PackAsync(cancellation), Zip, package.ZipName);
        }
        catch (InvalidInputException e)
        {
            return Problems.Of(StatusCodes.Status404NotFound, e.Message);
        }
    }
}
