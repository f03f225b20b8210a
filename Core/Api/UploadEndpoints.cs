using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Application;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Api;

/// <summary>Endpoints for files that are predicted in the background: those of the container <c>incoming</c>.</summary>
internal static class UploadEndpoints
{
    private const string Csv = "text/csv";
    private const string Name = "Name of the file, without slashes.";

    private static readonly (string, string) Location = ("Location", "Path of the state of this version.");

    public static void Map(RouteGroupBuilder uploads)
    {
        uploads.MapPut("/{name}", PutAsync).Named("PutUpload", "Uploads a file of any format, to be predicted in the background")
            .WithDescription("The file is predicted with the champion. Ask for its state at the address in Location.")
            .WithMetadata(new RequestBodyDescription(null, IsOptional: false)
            {
                OtherMediaTypes = [("application/octet-stream", IsBinary: true)],
            })
            .Responds(StatusCodes.Status202Accepted, "The file is stored; its predictions follow.", Location)
            .Fails(
                StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);
        uploads.MapGet("/{name}", GetAsync).Named("GetUpload", "Shows what became of an uploaded file")
            .WithDescription("The state is waiting, started, predicted, failed, or replaced by a later upload of the same name.")
            .Responds(StatusCodes.Status200OK, "The state of the file.")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        uploads.MapGet("/{name}/predictions", GetRowsAsync).Named("GetUploadPredictions", "Gives the predictions of an uploaded file")
            .WithDescription("CSV with one row for each image, in the order of the file.")
            .RespondsContent(Csv, "The rows Id,Label,P0,...")
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<Accepted<UploadDocument>> PutAsync(
        [Description(Name)] string name, HttpRequest request, [FromServices] FashionApplication application, CancellationToken cancellation)
    {
        var version = await application.Uploads.PutAsync(name, StreamedBody.Open(request), cancellation);
        return TypedResults.Accepted(
            $"{ApiPaths.Prefix}/uploads/{Uri.EscapeDataString(name)}?version={Uri.EscapeDataString(version)}",
            UploadDocument.Of(name, version, new UploadOutcome(UploadStatus.Waiting, null, null)));
    }

    private static async Task<Ok<UploadDocument>> GetAsync(
        [Description(Name)] string name, [FromServices] FashionApplication application, CancellationToken cancellation,
        [FromQuery, Description("A version of the file; the newest when left out.")] string? version = null)
    {
        var asked = version ?? await application.Uploads.GetVersionAsync(name, cancellation);
        return TypedResults.Ok(UploadDocument.Of(name, asked, await application.Uploads.GetOutcomeAsync(name, asked, cancellation)));
    }

    private static async Task<FileStreamHttpResult> GetRowsAsync(
        [Description(Name)] string name, [FromServices] FashionApplication application, CancellationToken cancellation) =>
        TypedResults.Stream(await application.Uploads.OpenRowsAsync(name, cancellation), Csv);
}
