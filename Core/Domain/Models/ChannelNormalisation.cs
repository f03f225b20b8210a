namespace ServerlessFashion.Models;

/// <summary>The normalisation of channels of 0..1: minus the mean, divided by the standard deviation of each channel.</summary>
public sealed record ChannelNormalisation(IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    /// <summary>Red, green and blue over ImageNet, as torchvision normalises them for its weights.</summary>
    public static ChannelNormalisation ImageNet { get; } = new([.485f, .456f, .406f], [.229f, .224f, .225f]);
}
