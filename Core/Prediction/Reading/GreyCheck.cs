using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Prediction.Reading;

/// <summary>
/// Notices grey values on the wrong scale and of the wrong polarity, which a model labels with confidence and wrongly. It looks at
/// all images of an input and gives one warning of each kind.
/// </summary>
/// <remarks>
/// Scale: no value of the input is above 1. Each of the 70,000 images of Fashion-MNIST has a value of 254 or 255.
/// Polarity: the mean of an image's outermost rows and columns is at least 128. This holds for none of the 70,000 images as they are,
/// and for each of them negated (255 - v). Neither rule therefore gives a false alarm for any selection of them.
/// </remarks>
/// <param name="knowsPolarity">
/// Whether the images are those of Fashion-MNIST. Other sets may hold light and dark grounds, and sizes and channels of their own.
/// </param>
internal sealed class GreyCheck(bool knowsPolarity = true)
{
    private const byte LargestScaled = 1;
    private const int LightBackground = 128;
    private const int BorderPixels = 4 * (FashionMnist.Side - 1);

    private long _images;
    private long _checked;
    private long _onLightBackground;
    private bool _hasPictures;
    private byte _largest;

    /// <param name="pixels">Grey values, 784 for each image.</param>
    /// <param name="origins">The origin of each image; null for values.</param>
    public void Add(ReadOnlySpan<byte> pixels, IReadOnlyList<ImageOrigin>? origins = null)
    {
        if (_largest <= LargestScaled)
        {
            _largest = pixels.ContainsAnyExceptInRange((byte)0, LargestScaled) ? byte.MaxValue
                : pixels.Contains(LargestScaled) ? LargestScaled : _largest;
        }

        if (!knowsPolarity)
        {
            _images += origins?.Count ?? 1;
            _checked += origins?.Count(origin => origin != ImageOrigin.PreparedPicture) ?? 1;
            return;
        }

        var count = pixels.Length / FashionMnist.PixelsPerImage;
        for (var image = 0; image < count; image++)
        {
            _images++;
            var origin = origins?[image] ?? ImageOrigin.Values;
            if (origin != ImageOrigin.PreparedPicture)
            {
                _checked++;
                var isLight = IsOnLightBackground(pixels.Slice(image * FashionMnist.PixelsPerImage, FashionMnist.PixelsPerImage));
                _onLightBackground += isLight ? 1 : 0;
                _hasPictures |= isLight && origin == ImageOrigin.Picture;
            }
        }
    }

    /// <summary>At most one warning about the scale and one about the polarity.</summary>
    public IEnumerable<string> Warnings()
    {
        if (_checked > 0 && _largest == 0)
        {
            yield return _images == 1
                ? "every value is 0: the image is empty, or was scaled to 0..1 before it became whole numbers."
                : "every value is 0: the images are empty, or were scaled to 0..1 before they became whole numbers.";
        }

        if (_checked > 0 && _largest == LargestScaled)
        {
            yield return "no value is above 1, but grey values go from 0 to 255; if the values are scaled to 0..1, multiply them by 255.";
        }

        if (_onLightBackground > 0)
        {
            var which = _images == 1
                ? "the image seems to show a dark garment"
                : string.Create(CultureInfo.InvariantCulture, $"{_onLightBackground} of {_images} images ")
                    + Quantity.Noun(_onLightBackground, "seems to show a dark garment", "seem to show dark garments");
            var remedy = _hasPictures
                ? "prepare the pictures with --pictures always (over HTTP: pictures=always), or negate them before you upload them"
                : "replace each value v by 255 - v";
            yield return $"{which} on a light background, but the model knows light garments on a dark background; {remedy}.";
        }
    }

    private static bool IsOnLightBackground(ReadOnlySpan<byte> image)
    {
        const int Side = FashionMnist.Side;
        var sum = 0;
        foreach (var row in (ReadOnlySpan<int>)[0, Side - 1])
        {
            foreach (var grey in image.Slice(row * Side, Side))
            {
                sum += grey;
            }
        }

        for (var row = 1; row < Side - 1; row++)
        {
            sum += image[row * Side] + image[(row * Side) + Side - 1];
        }

        return sum >= LightBackground * BorderPixels;
    }
}
