namespace ServerlessFashion.Models;

/// <summary>
/// How training images are changed at random, anew in every epoch. Everything is off by default. Validation and test images
/// are never changed.
/// </summary>
public sealed record Augmentation
{
    public Flip Flip { get; init; }

    /// <summary>Largest rotation to either side about the centre, in degrees.</summary>
    public double RotationDegrees { get; init; }

    /// <summary>Largest shift along each axis, in whole pixels; what enters is black.</summary>
    public int ShiftPixels { get; init; }

    /// <summary>Largest change of size, as a share: .1 makes a garment 0.9 to 1.1 times as large.</summary>
    public double ZoomShare { get; init; }

    /// <summary>Side of a black square at a random place, in pixels (DeVries and Taylor 2017, arXiv:1708.04552).</summary>
    public int CutoutPixels { get; init; }
}

/// <summary>Mirroring from left to right.</summary>
public enum Flip
{
    None,

    /// <summary>Half of the images, drawn anew in every epoch.</summary>
    Random,

    /// <summary>
    /// Half of the images, drawn once; the other half in the next epoch, and so on, so that two epochs show both sides of
    /// every image (Jordan 2024, arXiv:2404.00498).
    /// </summary>
    Alternating,
}
