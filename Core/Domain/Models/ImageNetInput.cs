namespace ServerlessFashion.Models;

/// <summary>
/// What torchvision did to the images that its ImageNet weights were trained on: three channels of
/// 0..1, less a mean, over a standard deviation of each channel.
/// </summary>
public static class ImageNetInput
{
    /// <summary>
    /// Height and width that a 28x28 image is enlarged to. The base halves them five times: at 32 its last stage sees a single
    /// pixel, and eight of nine weights of its 3x3 kernels meet nothing but padding; at 64 it sees 2x2, for four times the work. The
    /// 224 of the weights' own training would cost 49 times the work.
    /// </summary>
    public const int Side = 64;

    /// <summary>Mean of red, green and blue over ImageNet.</summary>
    public static IReadOnlyList<float> Mean { get; } = [.485f, .456f, .406f];

    /// <summary>Standard deviation of red, green and blue over ImageNet.</summary>
    public static IReadOnlyList<float> Deviation { get; } = [.229f, .224f, .225f];
}
