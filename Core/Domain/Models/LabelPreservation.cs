using System.Globalization;
using ServerlessFashion.Data;

namespace ServerlessFashion.Models;

/// <param name="Name">The augmentation and its strength in words.</param>
/// <param name="ChangedShare">Share of the images whose label changes when it is derived again from the changed image.</param>
public sealed record AugmentationEffect(string Name, Augmentation Augmentation, double ChangedShare);

/// <summary>
/// The augmentations that are allowed for the five labels. The label depends on the sum of the grey values, which some
/// augmentations change. A test measures the shares on the published images.
/// </summary>
public static class LabelPreservation
{
    /// <summary>Largest share of labels that an augmentation may change.</summary>
    public const double Allowed = .02;

    public const double SafeRotationDegrees = 8;
    public const int SafeShiftPixels = 1;

    /// <summary>Measured over the images of the original test file, rounded; rotation and zoom by bilinear resampling.</summary>
    public static IReadOnlyList<AugmentationEffect> Measured { get; } =
    [
        new("flip", new Augmentation { Flip = Flip.Random }, 0),
        new("rotation by up to 8 degrees", new Augmentation { RotationDegrees = SafeRotationDegrees }, .004),
        new("shift by up to 1 pixel", new Augmentation { ShiftPixels = SafeShiftPixels }, .014),
        new("zoom by up to 10 %", new Augmentation { ZoomShare = .1 }, .17),
        new("cutout of 8 x 8 pixels", new Augmentation { CutoutPixels = 8 }, .235),
    ];

    /// <summary>
    /// Refuses an augmentation that would teach a model wrong labels. Garment labels never change, and a head that uses the
    /// brightness receives that of the unchanged image.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// The augmentation changes too many of the five labels. The message names the part.
    /// </exception>
    public static void Require(Augmentation? augmentation, Head head, ClassLabels labels, string model)
    {
        if (augmentation is null || !labels.FollowBrightness || head.ReadsBrightness)
        {
            return;
        }

        var refused = augmentation switch
        {
            { ZoomShare: > 0 } => "zoom changes 17 % of the five labels at 10 %",
            { CutoutPixels: > 0 } => "cutout changes 23.5 % of the five labels at 8 pixels",
            { RotationDegrees: > SafeRotationDegrees } => "rotation keeps the five labels up to 8 degrees",
            { ShiftPixels: > SafeShiftPixels } => "shift keeps the five labels up to 1 pixel",
            _ => null,
        };
        if (refused is not null)
        {
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture, $"augmentation of {model}: {refused}, and at most {Allowed:P0} may change; leave it out or "
                    + $"train on the garments."));
        }
    }
}
