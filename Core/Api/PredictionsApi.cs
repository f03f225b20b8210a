using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Api;

/// <param name="Model">The champion that was asked.</param>
internal sealed record PredictionsDocument(string Model, IReadOnlyList<ImagePrediction> Predictions, IReadOnlyList<string> Warnings);

/// <summary>Classifies the images of one request with the champion.</summary>
internal sealed class PredictionsApi(ModelRegistry registry, ClassifierCache classifiers)
{
    public const int MostImages = 1000;

    private const string Png = "image/png";
    private const string Jpeg = "image/jpeg";
    private const string Csv = "text/csv";

    /// <summary>1,000 rows of 784 three-digit numbers take 3.2 MB; indented JSON a few times that.</summary>
    private const int LargestBody = 16 << 20;

    private static readonly string TooMany = string.Create(CultureInfo.InvariantCulture,
        $"body: expected at most {MostImages} images, found more; upload the file to container incoming instead.");

    public Task<IResult> PredictAsync(HttpContext context) =>
        PredictionTelemetry.MeasureRequestAsync(TimeProvider.System, () => AnswerAsync(context));

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var cancellation = context.RequestAborted;
        var type = RequestBody.RequireType(request, Png, Jpeg, Csv, RequestBody.JsonType);
        var options = new ReadOptions { Pictures = ReadPreparation(request) };
        var body = await RequestBody.ReadAsync(request, LargestBody, cancellation);

        using var lease = await RentChampionAsync(cancellation);
        var warnings = new PredictionWarnings();
        var predictions = type == RequestBody.JsonType
            ? PredictJson(lease.Classifier, body, warnings, cancellation)
            : await PredictFileAsync(lease.Classifier, body, type, options, warnings, cancellation);
        return Answer.Json(new PredictionsDocument(lease.Classifier.ModelId, predictions, warnings.ToList()));
    }

    private async Task<ClassifierLease> RentChampionAsync(CancellationToken cancellation)
    {
        try
        {
            return await classifiers.RentAsync(await ModelReference.FindAsync(registry, ModelReference.Champion, cancellation), cancellation);
        }
        catch (InvalidInputException e)
        {
            // Nothing is wrong with the request: there is no champion, or its file is gone or damaged.
            throw new ProblemException(StatusCodes.Status409Conflict, e.Message, e);
        }
    }

    private static PicturePreparation ReadPreparation(HttpRequest request)
    {
        var text = QueryText.Find(request, "pictures");
        return text is null ? PicturePreparation.Auto
            : Enum.GetValues<PicturePreparation>().Cast<PicturePreparation?>().FirstOrDefault(value => JsonNamingPolicy.CamelCase.ConvertName(value!.Value.ToString()) == text)
              ?? throw new InvalidInputException($"pictures: expected auto, always or never, found '{text}'.");
    }

    private static IReadOnlyList<ImagePrediction> PredictJson(
        ImageClassifier classifier, ReadOnlyMemory<byte> body, PredictionWarnings warnings, CancellationToken cancellation)
    {
        var (ids, pixels) = JsonImages.Read(RequestBody.Parse(body), MostImages, TooMany);
        warnings.AddIds(ids);
        return ImagePrediction.Of(classifier, ids, classifier.Classify(pixels, ids.Count, cancellation));
    }

    private static async Task<IReadOnlyList<ImagePrediction>> PredictFileAsync(
        ImageClassifier classifier, ReadOnlyMemory<byte> body, string type, ReadOptions options, PredictionWarnings warnings, CancellationToken cancellation)
    {
        RequireContent(type, body.Span);
        using var content = new MemoryStream(body.ToArray(), writable: false);
        return await ImagePrediction.OfFileAsync(
            classifier, content, "body", options, warnings.Add, MostImages,
            () => new ProblemException(StatusCodes.Status413PayloadTooLarge, TooMany), cancellation);
    }

    /// <summary>Files tell their format themselves; a body must also be what its type says.</summary>
    private static void RequireContent(string type, ReadOnlySpan<byte> body)
    {
        var isPng = body.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']);
        var isJpeg = body.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8]);
        var isAsSaid = type switch { Png => isPng, Jpeg => isJpeg, _ => ImageFile.IsText(body) };
        if (!isAsSaid)
        {
            throw new InvalidInputException($"body: expected {type} as its Content-Type says, found bytes that begin with {Convert.ToHexString(body[..Math.Min(body.Length, 8)])}.");
        }
    }
}
