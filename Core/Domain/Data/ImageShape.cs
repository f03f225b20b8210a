namespace ServerlessFashion.Data;

/// <summary>The shape of every image of a data set: square, one byte for each channel of a pixel.</summary>
/// <param name="Side">Height and width in pixels.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
public readonly record struct ImageShape(int Side, int Channels)
{
    public const int Grey = 1;
    public const int Colour = 3;

    /// <summary>28 x 28 grey pixels.</summary>
    public static ImageShape FashionMnist { get; } = new(Data.FashionMnist.Side, Grey);

    /// <summary>Bytes of one image.</summary>
    public int Bytes => Side * Side * Channels;

    public bool IsColour => Channels == Colour;

    /// <summary>The shape in a sentence: <c>28 × 28 grey</c>.</summary>
    public string InWords => $"{Side} × {Side} {(IsColour ? "colour" : "grey")}";
}
