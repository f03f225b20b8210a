using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ServerlessFashion.Api.Requests;
using ServerlessFashion.Data;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Api.Documents;

/// <summary>The JSON body of a prediction request, as <see cref="JsonImages"/> reads it.</summary>
internal sealed record ImagesRequest
{
    public const int MaxImages = 1000;

    [MinLength(1), MaxLength(MaxImages)]
    public required IReadOnlyList<ImageRequest> Images { get; init; }
}

/// <summary>One image: an object of this shape, or its pixels alone.</summary>
internal sealed record ImageRequest
{
    [MinLength(1), MaxLength(JsonImages.MaxIdLength)]
    [Description("Names the image in the response; its position from 0 when left out.")]
    public string Id { get; init; } = "";

    [MinLength(1)]
    [Description(
        "Values 0 to 255, row after row, the channels of a pixel side by side: for fashion-mnist 28x28 grey values, light garment on a "
        + "dark background.")]
    public required IReadOnlyList<byte> Pixels { get; init; }
}

/// <param name="Model">The model that made the predictions.</param>
internal sealed record PredictionsDocument(string Model, IReadOnlyList<ImagePrediction> Predictions, IReadOnlyList<string> Warnings);
