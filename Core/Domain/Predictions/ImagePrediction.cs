using System.ComponentModel;
using System.Text.Json.Serialization;

namespace ServerlessFashion.Predictions;

/// <summary>The prediction for one image.</summary>
/// <param name="Label">The most probable label, counted from 0.</param>
/// <param name="Probabilities">The probability of every label, in label order.</param>
/// <param name="Model">The model's id.</param>
public sealed record ImagePrediction(string Id, int Label, string LabelName, float[] Probabilities, string Model)
{
    /// <summary>The garment on the image, where the model knows it besides its labels; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The garment on the image, where the model knows it besides its labels.")]
    public GarmentPrediction? Garment { get; init; }

    /// <summary>
    /// The values that the model saw, row after row, the channels of a pixel side by side; null where they were not asked for.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The values that the model saw, row after row, such as 28x28 grey values; only with images=pixels.")]
    public IReadOnlyList<byte>? Pixels { get; init; }
}
