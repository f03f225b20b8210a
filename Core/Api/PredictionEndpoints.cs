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

/// <summary>Endpoints that classify the images of one request with the champion.</summary>
internal static class PredictionEndpoints
{
    private const string Csv = "text/csv";

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

    /// <summary>1,000 rows of 784 three-digit numbers take 3.2 MB; indented JSON a few times that.</summary>
    private const int LargestBody = 16 << 20;

    private static readonly string TooMany = string.Create(CultureInfo.InvariantCulture,
        $"body: expected at most {ImagesRequest.MaxImages} images, found more; upload the file to container incoming instead.");

    public static void Map(RouteGroupBuilder predictions) =>
        predictions.MapPost("", PredictAsync).Named("Predict", "Labels one picture, or up to 1,000 images")
            .WithMetadata(new RequestBodyDescription(typeof(ImagesRequest), IsOptional: false)
            {
                OtherMediaTypes = [.. Pictures.Keys.Select(type => (type, IsBinary: true)), (Csv, IsBinary: false)],
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
        [FromQuery, Description("Whether pictures are prepared as Fashion-MNIST did: auto leaves those of 28x28 grey pixels as they are.")]
        [DefaultValue("auto")] Choice<PicturePreparation>? pictures = null)
    {
        var predict = application.Predict;
        return predict.MeasureAsync(async () =>
        {
            using var turn = large.Offer();
            var (type, body) = await ReadAsync(request, turn, time, cancellation);
            return await PredictBodyAsync(type, body, pictures?.Value ?? PicturePreparation.Auto, predict, cancellation);
        });
    }

    /// <summary>Reads the body. A large request waits for its turn before anything large is in memory.</summary>
    private static async Task<(string Type, ReadOnlyMemory<byte> Body)> ReadAsync(
        HttpRequest request, LargeRequests.Turn turn, TimeProvider time, CancellationToken cancellation)
    {
        var type = RequestBody.RequireType(request, [.. Pictures.Keys, Csv, RequestBody.JsonType]);
        RequestBody.RequireLength(request, LargestBody);
        if (request.ContentLength is null or > LargeRequests.SmallBody)
        {
            await turn.TakeAsync(cancellation);
        }

        var body = await RequestBody.ReadAsync(request, LargestBody, LargeRequests.BodyPatience, time, cancellation);
        if (Pictures.ContainsKey(type) && PredictionModel.PixelsOfPicture(body.Span) > LargeRequests.SmallPicture)
        {
            await turn.TakeAsync(cancellation);
        }

        return (type, body);
    }

    private static async Task<Ok<PredictionsDocument>> PredictBodyAsync(
        string type, ReadOnlyMemory<byte> body, PicturePreparation pictures, PredictImages predict, CancellationToken cancellation)
    {
        using var champion = await predict.OpenChampionAsync(cancellation);
        var (predictions, summary) = type == RequestBody.JsonType
            ? PredictJson(champion, body, cancellation)
            : await PredictFileAsync(champion, body, type, pictures, cancellation);
        return TypedResults.Ok(new PredictionsDocument(summary.Model, predictions, summary.Warnings));
    }

    private static PredictedImages PredictJson(PredictionModel champion, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var (ids, pixels) = JsonImages.Read(body, ImagesRequest.MaxImages, TooMany);
        return champion.Predict(ids, pixels, cancellation);
    }

    private static async Task<PredictedImages> PredictFileAsync(
        PredictionModel champion, ReadOnlyMemory<byte> body, string type, PicturePreparation pictures, CancellationToken cancellation)
    {
        RequireContent(type, body.Span);
        var array = MemoryMarshal.TryGetArray(body, out var whole) ? whole : body.ToArray();
        using var content = new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
        return await champion.PredictFileAsync(
            content, "body", pictures, ImagesRequest.MaxImages,
            () => new ProblemException(StatusCodes.Status413PayloadTooLarge, TooMany), cancellation);
    }

    /// <summary>The reader goes by the content alone; a body must also be what its Content-Type says.</summary>
    private static void RequireContent(string type, ReadOnlySpan<byte> body)
    {
        var isAsSaid = Pictures.TryGetValue(type, out var signature) ? body.StartsWith(signature) : PredictionModel.IsText(body);
        if (!isAsSaid)
        {
            var start = Convert.ToHexString(body[..Math.Min(body.Length, 8)]);
            throw new InvalidInputException($"body: expected {type} as its Content-Type says, found bytes that begin with {start}.");
        }
    }
}
