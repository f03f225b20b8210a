namespace ServerlessFashion.Predictions;

/// <summary>What is done to a PNG or JPEG before it is classified.</summary>
public enum PicturePreparation
{
    /// <summary>An opaque grey picture of 28x28 is taken as it is; any other is prepared as the images of Fashion-MNIST were.</summary>
    Auto,

    /// <summary>Every picture is prepared as the images of Fashion-MNIST were.</summary>
    Always,

    /// <summary>Only what the network needs: grey and stretched to 28x28; nothing is trimmed, sharpened or inverted.</summary>
    Never,
}
