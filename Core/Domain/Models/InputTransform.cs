namespace ServerlessFashion.Models;

/// <summary>The transform of a 28x28 grey image (0..255) to a network's input. All transforms divide by 255.</summary>
public enum InputTransform
{
    /// <summary>1 x 28 x 28.</summary>
    Grey28,

    /// <summary>Zero-padded by 2 on each side and repeated to three channels: 3 x 32 x 32.</summary>
    Rgb32,

    /// <summary>
    /// Enlarged bilinearly (pixel centres at halves, edges repeated), repeated to three channels and normalised by
    /// <see cref="ImageNetInput"/>: 3 x 64 x 64.
    /// </summary>
    ImageNet64,
}
