using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ServerlessFashion.Api.OpenApi;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Api;

/// <summary>Endpoints that classify the images of one request with the champion.</summary>
internal static class PredictionEndpoints
{
    public const int MaxImages = 1000;

    private const string Png = "image/png";
    private const string Jpeg = "image/jpeg";
    private const string Csv = "text/csv";

    /// <summary>1,000 rows of 784 three-digit numbers take 3.2 MB; indented JSON a few times that.</summary>
    private const int LargestBody = 16 << 20;

    private static readonly string TooMany = string.Create(CultureInfo.InvariantCulture,
        $"body: expected at most {MaxImages} images, found more; upload the file to container incoming instead.");

    public static void Map(RouteGroupBuilder predictions) =>
        predictions.MapPost("", PredictAsync).Named("Predict", "Labels one picture, or up to 1,000 images")
            .WithMetadata(new RequestBodyDescription(typeof(ImagesRequest), IsOptional: false)
            {
                OtherMediaTypes = [(Png, IsBinary: true), (Jpeg, IsBinary: true), (Csv, IsBinary: false)],
            })
            .Responds(StatusCodes.Status200OK, "One prediction for each image, in order.")
            .Fails(
                StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict,
                StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);

    private static Task<Ok<PredictionsDocument>> PredictAsync(
        HttpRequest request,
        [FromServices] ModelRegistry registry,
        [FromServices] ClassifierCache classifiers,
        CancellationToken cancellation,
        [FromQuery, Description("Whether pictures are prepared as Fashion-MNIST did: auto leaves those of 28x28 grey pixels as they are.")]
        [DefaultValue("auto")] Choice<PicturePreparation>? pictures = null)
    {
        var options = new ReadOptions { Pictures = pictures?.Value ?? PicturePreparation.Auto };
        return PredictionTelemetry.MeasureRequestAsync(
            TimeProvider.System, () => PredictBodyAsync(request, options, registry, classifiers, cancellation));
    }

    private static async Task<Ok<PredictionsDocument>> PredictBodyAsync(
        HttpRequest request, ReadOptions options, ModelRegistry registry, ClassifierCache classifiers, CancellationToken cancellation)
    {
        var type = RequestBody.RequireType(request, Png, Jpeg, Csv, RequestBody.JsonType);
        var body = await RequestBody.ReadAsync(request, LargestBody, cancellation);

        using var lease = await RentChampionAsync(registry, classifiers, cancellation);
        var warnings = new PredictionWarnings();
        var predictions = type == RequestBody.JsonType
            ? PredictJson(lease.Classifier, body, warnings, cancellation)
            : await PredictFileAsync(lease.Classifier, body, type, options, warnings, cancellation);
        return TypedResults.Ok(new PredictionsDocument(lease.Classifier.ModelId, predictions, warnings.ToList()));
    }

    private static async Task<ClassifierLease> RentChampionAsync(
        ModelRegistry registry, ClassifierCache classifiers, CancellationToken cancellation)
    {
        try
        {
            var champion = await ModelReference.FindAsync(registry, ModelReference.Champion, cancellation);
            return await classifiers.RentAsync(champion, cancellation);
        }
        catch (InvalidInputException e)
        {
            // Nothing is wrong with the request: there is no champion, or its file is gone or damaged.
            throw new ProblemException(StatusCodes.Status409Conflict, e.Message, e);
        }
    }

    private static IReadOnlyList<ImagePrediction> PredictJson(
        ImageClassifier classifier, ReadOnlyMemory<byte> body, PredictionWarnings warnings, CancellationToken cancellation)
    {
        var (ids, pixels) = JsonImages.Read(RequestBody.Parse(body), MaxImages, TooMany);
        warnings.AddIds(ids);
        return ImagePrediction.Of(classifier, ids, classifier.Classify(pixels, ids.Count, cancellation));
    }

    private static async Task<IReadOnlyList<ImagePrediction>> PredictFileAsync(
        ImageClassifier classifier, ReadOnlyMemory<byte> body, string type, ReadOptions options, PredictionWarnings warnings,
        CancellationToken cancellation)
    {
        RequireContent(type, body.Span);
        using var content = new MemoryStream(body.ToArray(), writable: false);
        return await ImagePrediction.OfFileAsync(
            classifier, content, "body", options, warnings.Add, MaxImages,
            () => new ProblemException(StatusCodes.Status413PayloadTooLarge, TooMany), cancellation);
    }

    /// <summary>The reader goes by the content alone; a body must also be what its Content-Type says.</summary>
    private static void RequireContent(string type, ReadOnlySpan<byte> body)
    {
        var isPng = body.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']);
        var isJpeg = body.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8]);
        var isAsSaid = type switch { Png => isPng, Jpeg => isJpeg, _ => ImageFile.IsText(body) };
        if (!isAsSaid)
        {
            var start = Convert.ToHexString(body[..Math.Min(body.Length, 8)]);
            throw new InvalidInputException($"body: expected {type} as its Content-Type says, found bytes that begin with {start}.");
        }
    }
}
