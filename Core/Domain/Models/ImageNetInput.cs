namespace ServerlessFashion.Models;

/// <summary>
/// The normalisation of torchvision's ImageNet weights: three channels of 0..1, minus the mean, divided by the standard deviation
/// of each channel.
/// </summary>
public static class ImageNetInput
{
    /// <summary>
    /// Height and width of an enlarged image. The base halves them five times. At 32 its last stage sees a single pixel, and eight
    /// of nine weights of its 3x3 kernels see only padding. At 64 it sees 2x2 pixels, for four times the work. 224, the size of the
    /// weights' own training, would be 49 times the work.
    /// </summary>
    public const int Side = 64;

    /// <summary>Mean of red, green and blue over ImageNet.</summary>
    public static IReadOnlyList<float> Mean { get; } = [.485f, .456f, .406f];

    /// <summary>Standard deviation of red, green and blue over ImageNet.</summary>
    public static IReadOnlyList<float> Deviation { get; } = [.229f, .224f, .225f];
}
