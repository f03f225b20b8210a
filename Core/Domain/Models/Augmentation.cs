using System.ComponentModel.DataAnnotations;

namespace ServerlessFashion.Models;

/// <summary>
/// Random changes of the training images, drawn again in every epoch. All are off by default. Validation and test images are never
/// changed.
/// </summary>
public sealed record Augmentation
{
    public Flip Flip { get; init; }

    /// <summary>Maximum rotation to either side about the centre, in degrees.</summary>
    [Range(0d, 180d)]
    public double RotationDegrees { get; init; }

    /// <summary>Maximum shift along each axis, in whole pixels. New pixels are black.</summary>
    [Range(0, 64)]
    public int ShiftPixels { get; init; }

    /// <summary>Maximum change of size, as a share: .1 makes a garment 0.9 to 1.1 times as large.</summary>
    [Range(0d, .9)]
    public double ZoomShare { get; init; }

    /// <summary>Side of a black square at a random place, in pixels (DeVries and Taylor 2017, arXiv:1708.04552).</summary>
    [Range(0, 64)]
    public int CutoutPixels { get; init; }
}

/// <summary>Mirroring from left to right.</summary>
public enum Flip
{
    None,

    /// <summary>Half of the images, drawn again in every epoch.</summary>
    Random,

    /// <summary>
    /// Half of the images, drawn once, and the other half in the next epoch, in turns. Two epochs show both orientations of every
    /// image (Jordan 2024, arXiv:2404.00498).
    /// </summary>
    Alternating,
}
