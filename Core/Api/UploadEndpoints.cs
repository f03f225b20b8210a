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
    private const string OfDataset = "The data set that the upload named; fashion-mnist when left out.";

    private static readonly (string, string) Location = ("Location", "Path of the state of this version.");

    public static void Map(RouteGroupBuilder uploads)
    {
        uploads.MapPut("/{name}", PutAsync).Named("PutUpload", "Uploads a file of any format, to be predicted in the background")
            .WithDescription("The file is predicted with the champion of the data set. Ask for its state at the address in Location.")
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
        [Description(Name)] string name, HttpRequest request, [FromServices] FashionApplication application, CancellationToken cancellation,
        [FromQuery, Description(ModelEndpoints.DatasetDescription)] string? dataset = null)
    {
        var upload = UploadName.Of(name, dataset);
        var version = await application.Uploads.PutAsync(upload, StreamedBody.Open(request), cancellation);
        var state = $"{ApiPaths.Prefix}/uploads/{Uri.EscapeDataString(name)}?version={Uri.EscapeDataString(version)}";
        return TypedResults.Accepted(
            upload.Dataset is null ? state : $"{state}&dataset={upload.Dataset}",
            UploadDocument.Of(upload, version, new UploadOutcome(UploadStatus.Waiting, null, null)));
    }

    private static async Task<Ok<UploadDocument>> GetAsync(
        [Description(Name)] string name, [FromServices] FashionApplication application, CancellationToken cancellation,
        [FromQuery, Description("A version of the file; the newest when left out.")] string? version = null,
        [FromQuery, Description(OfDataset)] string? dataset = null)
    {
        var upload = UploadName.Of(name, dataset);
        var asked = version ?? await application.Uploads.GetVersionAsync(upload, cancellation);
        return TypedResults.Ok(UploadDocument.Of(upload, asked, await application.Uploads.GetOutcomeAsync(upload, asked, cancellation)));
    }

    private static async Task<FileStreamHttpResult> GetRowsAsync(
        [Description(Name)] string name, [FromServices] FashionApplication application, CancellationToken cancellation,
        [FromQuery, Description(OfDataset)] string? dataset = null) =>
        TypedResults.Stream(await application.Uploads.OpenRowsAsync(UploadName.Of(name, dataset), cancellation), Csv);
}
