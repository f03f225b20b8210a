using System.Text.Json.Serialization;
using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>
/// A transform of a 28x28 grey image (0..255) to a network's input. It divides by 255, adds the border, enlarges the image, repeats
/// its channel and normalises the channels, in this order.
/// </summary>
[JsonConverter(typeof(InputTransformJson))]
public sealed class InputTransform
{
    /// <summary>
    /// Height and width of an image that is enlarged for the ResNet50 base. The base halves them five times. At 32 its last stage
    /// sees a single pixel, and eight of nine weights of its 3x3 kernels see only padding. At 64 it sees 2x2 pixels, for four times
    /// the work. 224, the size of the weights' own training, would be 49 times the work.
    /// </summary>
    private const int ImageNetSide = 64;

    private InputTransform(string name, string description)
    {
        (Name, Description) = (name, description);
    }

    /// <summary>1 x 28 x 28.</summary>
    public static InputTransform Grey28 { get; } = new("grey28", "grey / 255");

    /// <summary>Zero-padded by 2 on each side and repeated to three channels: 3 x 32 x 32.</summary>
    public static InputTransform Rgb32 { get; } = new("rgb32", "zero-padded, grey repeated to three channels, / 255")
    {
        Border = 2,
        Channels = 3,
    };

    /// <summary>Enlarged, repeated to three channels and normalised for ImageNet weights: 3 x 64 x 64.</summary>
    public static InputTransform ImageNet64 { get; } = new(
        "imageNet64", "enlarged bilinearly, grey / 255 repeated to three channels, normalised as ImageNet was")
    {
        EnlargedSide = ImageNetSide,
        Channels = 3,
        Normalisation = ChannelNormalisation.ImageNet,
    };

    /// <summary>Every transform.</summary>
    public static IReadOnlyList<InputTransform> All { get; } = [Grey28, Rgb32, ImageNet64];

    /// <summary>The name in stored specs. It never changes.</summary>
    public string Name { get; }

    /// <summary>The transform in words, for tables.</summary>
    public string Description { get; }

    /// <summary>Zeros added on each side.</summary>
    public int Border { get; private init; }

    /// <summary>Side after bilinear interpolation with pixel centres at halves and repeated edges; null for no enlargement.</summary>
    public int? EnlargedSide { get; private init; }

    /// <summary>Channels of the input. Each of them repeats the grey channel.</summary>
    public int Channels { get; private init; } = 1;

    /// <summary>The normalisation of the channels; null for none.</summary>
    public ChannelNormalisation? Normalisation { get; private init; }

    /// <summary>Shape of one image as it enters a network.</summary>
    public FeatureShape Shape => new(Channels, EnlargedSide ?? LabelledImages.Side + (2 * Border));

    public override string ToString() => Name;
}
