namespace ServerlessFashion.Predictions;

/// <summary>The preparation of a PNG or JPEG before its classification.</summary>
public enum PicturePreparation
{
    /// <summary>
    /// An opaque grey picture of 28x28 is used as it is. Any other picture is prepared as the images of Fashion-MNIST were.
    /// </summary>
    Auto,

    /// <summary>Every picture is prepared as the images of Fashion-MNIST were.</summary>
    Always,

    /// <summary>Pictures are only converted to grey and stretched to 28x28, without trimming, sharpening or inversion.</summary>
    Never,
}
