using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServerlessFashion.Application;
using ServerlessFashion.Prediction.Classification;
using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Predictions;
using ServerlessFashion.Storage.Registry;
using ServerlessFashion.Telemetry;

namespace ServerlessFashion.Api;

/// <param name="Model">The champion that was asked.</param>
internal sealed record PredictionsDocument(string Model, IReadOnlyList<ImagePrediction> Predictions, IReadOnlyList<string> Warnings);

/// <summary>Classifies the images of one request with the champion.</summary>
internal sealed class PredictionsApi(PredictImages predict)
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
        predict.MeasureAsync(() => AnswerAsync(context));

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var cancellation = context.RequestAborted;
        var type = RequestBody.RequireType(request, Png, Jpeg, Csv, RequestBody.JsonType);
        var pictures = ReadPreparation(request);
        var body = await RequestBody.ReadAsync(request, LargestBody, cancellation);

        using var champion = await predict.OpenChampionAsync(cancellation);
        var (predictions, summary) = type == RequestBody.JsonType
            ? PredictJson(champion, body, cancellation)
            : await PredictFileAsync(champion, body, type, pictures, cancellation);
        return Answer.Json(new PredictionsDocument(champion.Id, predictions, summary.Warnings));
    }

    private static PicturePreparation ReadPreparation(HttpRequest request)
    {
        var text = QueryText.Find(request, "pictures");
        return text is null ? PicturePreparation.Auto
            : Enum.GetValues<PicturePreparation>().Cast<PicturePreparation?>().FirstOrDefault(value => JsonNamingPolicy.CamelCase.ConvertName(value!.Value.ToString()) == text)
              ?? throw new InvalidInputException($"pictures: expected auto, always or never, found '{text}'.");
    }

    private static PredictedImages PredictJson(PredictionModel champion, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var (ids, pixels) = JsonImages.Read(RequestBody.Parse(body), MostImages, TooMany);
        return champion.Predict(ids, pixels, cancellation);
    }

    private static async Task<PredictedImages> PredictFileAsync(
        PredictionModel champion, ReadOnlyMemory<byte> body, string type, PicturePreparation pictures, CancellationToken cancellation)
    {
        RequireContent(type, body.Span);
        using var content = new MemoryStream(body.ToArray(), writable: false);
        return await champion.PredictFileAsync(
            content, "body", pictures, MostImages,
            () => new ProblemException(StatusCodes.Status413PayloadTooLarge, TooMany), cancellation);
    }

    /// <summary>Files tell their format themselves; a body must also be what its type says.</summary>
    private static void RequireContent(string type, ReadOnlySpan<byte> body)
    {
        var isPng = body.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']);
        var isJpeg = body.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8]);
        var isAsSaid = type switch { Png => isPng, Jpeg => isJpeg, _ => PredictionModel.IsText(body) };
        if (!isAsSaid)
        {
            throw new InvalidInputException($"body: expected {type} as its Content-Type says, found bytes that begin with {Convert.ToHexString(body[..Math.Min(body.Length, 8)])}.");
        }
    }
}
