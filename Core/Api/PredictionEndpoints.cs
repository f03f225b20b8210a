using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Api.Documents;
using ServerlessFashion.Api.OpenApi;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Application;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Api;

/// <summary>Endpoints that classify the images of one request.</summary>
internal static class PredictionEndpoints
{
    private const string Csv = "text/csv";
    private const string AnyFile = "application/octet-stream";
    private const string Zip = "application/zip";
    private const string Body = "body";

    /// <summary>The media types of pictures with the bytes that their files begin with.</summary>
    private static readonly Dictionary<string, byte[]> Pictures = new()
    {
        ["image/png"] = [0x89, .. "PNG"u8],
        ["image/jpeg"] = [0xff, 0xd8],
        ["image/webp"] = [.. "RIFF"u8],
        ["image/gif"] = [.. "GIF8"u8],
        ["image/bmp"] = [.. "BM"u8],

        // No registered type, but many programs send it.
        ["image/jpg"] = [0xff, 0xd8],
    };

    /// <summary>Media types of other files that are not text.</summary>
    private static readonly Dictionary<string, byte[]> OtherFiles = new() { [Zip] = [.. "PK"u8], [AnyFile] = [] };

    private static readonly string[] Accepted =
        [.. Pictures.Keys, Csv, .. OtherFiles.Keys, UploadedFiles.FormType, RequestBody.JsonType];

    /// <summary>1,000 rows of 784 three-digit numbers take 3.2 MB; indented JSON a few times that.</summary>
    private const int LargestBody = 16 << 20;

    private static readonly string TooMany = string.Create(CultureInfo.InvariantCulture,
        $"body: expected at most {ImagesRequest.MaxImages} images, found more; upload the file to container incoming instead.");

    public static void Map(RouteGroupBuilder predictions) =>
        predictions.MapPost("", PredictAsync).Named("Predict", "Labels one picture, or up to 1,000 images")
            .WithDescription(
                "The content determines the format: a picture, CSV, JSON, ZIP, IDX or NPY. Files of a form are "
                + "predicted one after the other. Warnings name what looks wrong about an input.")
            .WithMetadata(new RequestBodyDescription(typeof(ImagesRequest), IsOptional: false)
            {
                OtherMediaTypes =
                [
                    .. Pictures.Keys.Select(type => (type, IsBinary: true)), (Csv, IsBinary: false),
                    .. OtherFiles.Keys.Append(UploadedFiles.FormType).Select(type => (type, IsBinary: true)),
                ],
            })
            .Responds(StatusCodes.Status200OK, "One prediction for each image, in order.")
            .Fails(
                StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict,
                StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);

    private static Task<Ok<PredictionsDocument>> PredictAsync(
        HttpRequest request,
        [FromServices] FashionApplication application,
        [FromServices] LargeRequests large,
        [FromServices] TimeProvider time,
        CancellationToken cancellation,
        [FromQuery, Description(
            "Whether pictures are prepared as Fashion-MNIST did: auto leaves those of 28x28 grey pixels as they are. Pictures for "
            + "another data set are prepared as the set was, and only auto is accepted.")]
        [DefaultValue("auto")] Choice<PicturePreparation>? pictures = null,
        [FromQuery, Description("The model that predicts: champion, RUN/MODEL for its best seed, or RUN/MODEL/seed-N.")]
        [DefaultValue(PredictImages.Champion)] string? model = null,
        [FromQuery, Description("What the response contains of the images: `pixels` adds the values that the model saw.")]
        [DefaultValue("none")] Choice<ReturnedImages>? images = null,
        [FromQuery, Description(ModelEndpoints.DatasetDescription)] string? dataset = null)
    {
        var predict = application.Predict;
        var returned = images?.Value ?? ReturnedImages.None;
        return predict.MeasureAsync(async () =>
        {
            using var turn = large.Offer();
            var type = RequestBody.RequireType(request, Accepted);
            var body = await ReadAsync(request, turn, time, cancellation);
            if (type == RequestBody.JsonType)
            {
                using var predictor = await OpenAsync(predict, model, dataset, cancellation);
                return Answer(await PredictJsonAsync(predictor, body, cancellation), returned);
            }

            var files = type == UploadedFiles.FormType
                ? await UploadedFiles.ReadAsync(request.ContentType!, body, cancellation)
                : [new UploadedFile(Body, type, body)];
            if (files.Any(file => PredictionModel.PixelsOfPicture(file.Content.Span) > LargeRequests.SmallPicture))
            {
                await turn.TakeAsync(cancellation);
            }

            using var chosen = await OpenAsync(predict, model, dataset, cancellation);
            var preparation = pictures?.Value ?? PicturePreparation.Auto;
            return Answer(await PredictFilesAsync(chosen, files, preparation, cancellation), returned);
        });
    }

    /// <summary>That there is no champion is no fault of the request; a model that it names must exist.</summary>
    private static Task<PredictionModel> OpenAsync(
        PredictImages predict, string? model, string? dataset, CancellationToken cancellation) =>
        model is null or PredictImages.Champion ? predict.OpenChampionAsync(dataset, cancellation)
        : dataset is null ? predict.OpenAsync(model, cancellation)
        : throw new InvalidInputException("dataset: a model that is named has its data set already; leave the data set out.");

    /// <summary>Reads the body. A large request waits for its turn before anything large is in memory.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpRequest request, LargeRequests.Turn turn, TimeProvider time, CancellationToken cancellation)
    {
        RequestBody.RequireLength(request, LargestBody);
        if (request.ContentLength is null or > LargeRequests.SmallBody || CompressedBody.Is(request))
        {
            await turn.TakeAsync(cancellation);
        }

        return await RequestBody.ReadAsync(request, LargestBody, LargeRequests.BodyPatience, time, cancellation);
    }

    private static Ok<PredictionsDocument> Answer(PredictedImages predicted, ReturnedImages images)
    {
        var predictions = images == ReturnedImages.Pixels ? [.. predicted.PredictionsWithPixels()] : predicted.Predictions;
        return TypedResults.Ok(new PredictionsDocument(predicted.Summary.Model, predictions, predicted.Summary.Warnings));
    }

    private static async Task<PredictedImages> PredictJsonAsync(
        PredictionModel model, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var (ids, pixels) = JsonImages.Read(body, model.Images, ImagesRequest.MaxImages, TooMany);
        return await model.PredictAsync(ids, pixels, cancellation);
    }

    private static async Task<PredictedImages> PredictFilesAsync(
        PredictionModel model, IReadOnlyList<UploadedFile> files, PicturePreparation pictures, CancellationToken cancellation)
    {
        var predictions = new List<ImagePrediction>();
        var warnings = new List<string>();
        var pixels = new ArrayBufferWriter<byte>();
        PredictionSummary? summary = null;
        foreach (var file in files)
        {
            RequireContent(file);
            var array = MemoryMarshal.TryGetArray(file.Content, out var whole) ? whole : file.Content.ToArray();
            using var content = new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
            var predicted = await model.PredictFileAsync(
                content, file.Name, pictures, ImagesRequest.MaxImages - predictions.Count,
                () => new ProblemException(StatusCodes.Status413PayloadTooLarge, TooMany), cancellation);
            predictions.AddRange(predicted.Predictions);
            warnings.AddRange(predicted.Summary.Warnings);
            pixels.Write(predicted.Pixels.Span);
            summary = predicted.Summary;
        }

        return new PredictedImages(predictions, summary! with { Warnings = warnings }) { Pixels = pixels.WrittenMemory };
    }

    /// <summary>The reader goes by the content alone; a file must also be what its type says, if that is a type we know.</summary>
    private static void RequireContent(UploadedFile file)
    {
        var content = file.Content.Span;
        var isAsSaid = file.MediaType is not { } type
            || (Pictures.TryGetValue(type, out var start) || OtherFiles.TryGetValue(type, out start) ? content.StartsWith(start)
                : type != Csv || PredictionModel.IsText(content));
        if (!isAsSaid)
        {
            var head = content[..Math.Min(content.Length, 8)];
            var found = content.IsEmpty ? "nothing" : $"bytes that begin with {Convert.ToHexString(head)}";
            throw new InvalidInputException($"{file.Name}: expected {file.MediaType} as its Content-Type says, found {found}.");
        }
    }
}
