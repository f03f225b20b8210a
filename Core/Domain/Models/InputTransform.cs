using System.Text.Json.Serialization;
using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <summary>
/// A transform of the images of a data set (0..255) to a network's input. It divides by 255, pads or enlarges the image, repeats a
/// grey channel and normalises the channels, in this order. A colour image always enters with its three channels.
/// </summary>
/// <remarks>The names are part of stored specs. They say what Fashion-MNIST becomes, for which the transforms were first made.</remarks>
[JsonConverter(typeof(InputTransformJson))]
public sealed class InputTransform
{
    /// <summary>
    /// Height and width of an image that is enlarged for the ResNet50 base. The base halves them five times. At 32 its last stage
    /// sees a single pixel, and eight of nine weights of its 3x3 kernels see only padding. At 64 it sees 2x2 pixels, for four times
    /// the work. 224, the size of the weights' own training, would be 49 times the work.
    /// </summary>
    private const int ImageNetSide = 64;

    private InputTransform(string name) => Name = name;

    /// <summary>The image as it is: 1 x 28 x 28 for Fashion-MNIST.</summary>
    public static InputTransform Grey28 { get; } = new("grey28");

    /// <summary>Zero-padded to a multiple of 32, with three channels: 3 x 32 x 32 for Fashion-MNIST.</summary>
    public static InputTransform Rgb32 { get; } = new("rgb32")
    {
        IsPadded = true,
        FewestChannels = ImageShape.Colour,
    };

    /// <summary>
    /// Enlarged to 64 or to the next multiple of 32 above, with three channels, normalised for ImageNet weights: 3 x 64 x 64 for
    /// Fashion-MNIST.
    /// </summary>
    public static InputTransform ImageNet64 { get; } = new("imageNet64")
    {
        LeastSide = ImageNetSide,
        FewestChannels = ImageShape.Colour,
        Normalisation = ChannelNormalisation.ImageNet,
    };

    /// <summary>Every transform.</summary>
    public static IReadOnlyList<InputTransform> All { get; } = [Grey28, Rgb32, ImageNet64];

    /// <summary>The name in stored specs. It never changes.</summary>
    public string Name { get; }

    private bool IsPadded { get; init; }

    /// <summary>The least side of enlarged images; null for no enlargement.</summary>
    private int? LeastSide { get; init; }

    /// <summary>Channels of the input for grey images.</summary>
    private int FewestChannels { get; init; } = ImageShape.Grey;

    private ChannelNormalisation? Normalisation { get; init; }

    /// <summary>The transform of images of this shape.</summary>
    public NetworkInput For(ImageShape images)
    {
        var whole = NextMultiple(images.Side);
        var zeros = IsPadded ? whole - images.Side : 0;
        return new NetworkInput(images)
        {
            Before = zeros / 2,
            After = zeros - (zeros / 2),
            EnlargedSide = LeastSide is { } least && Math.Max(least, whole) is var side && side != images.Side ? side : null,
            Channels = Math.Max(FewestChannels, images.Channels),
            Normalisation = Normalisation,
        };
    }

    public override string ToString() => Name;

    /// <summary>The least multiple of the reduction of the ResNet50 base that is at least <paramref name="side"/>.</summary>
    private static int NextMultiple(int side) =>
        (side + ResNetLayout.Reduction - 1) / ResNetLayout.Reduction * ResNetLayout.Reduction;
}

/// <summary>An <see cref="InputTransform"/> resolved for images of one shape.</summary>
/// <param name="Images">The shape of the images before the transform.</param>
public sealed record NetworkInput(ImageShape Images)
{
    /// <summary>Zeros added on the left and at the top.</summary>
    public int Before { get; init; }

    /// <summary>Zeros added on the right and at the bottom.</summary>
    public int After { get; init; }

    /// <summary>Side after bilinear interpolation with pixel centres at halves and repeated edges; null for no enlargement.</summary>
    public int? EnlargedSide { get; init; }

    /// <summary>Channels of the input. Where the image is grey, each of them repeats it.</summary>
    public required int Channels { get; init; }

    /// <summary>The normalisation of the channels; null for none.</summary>
    public ChannelNormalisation? Normalisation { get; init; }

    /// <summary>Whether a grey image is repeated.</summary>
    public bool Repeats => Channels > Images.Channels;

    /// <summary>The transform in words, for tables.</summary>
    public string Description => string.Join(", ", (string[])
    [
        .. Before + After > 0 ? ["zero-padded"] : Array.Empty<string>(),
        .. EnlargedSide is null ? Array.Empty<string>() : ["enlarged bilinearly"],
        (Images.IsColour ? "colour / 255" : "grey / 255") + (Repeats ? " repeated to three channels" : ""),
        .. Normalisation is null ? Array.Empty<string>() : ["normalised as ImageNet was"],
    ]);

    /// <summary>Shape of one image as it enters a network.</summary>
    public FeatureShape Shape => new(Channels, EnlargedSide ?? Images.Side + Before + After);
}
