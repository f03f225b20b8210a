using System.Security.Cryptography;

namespace ServerlessFashion.Data;

/// <summary>
/// Fashion-MNIST as published (Xiao, Rasul, Vollgraf, arXiv:1708.07747), decoded: 60,000 train and 10,000 test images
/// of ten garments, 28x28 grey.
/// </summary>
/// <param name="TrainPixels">Grey values 0..255 of the train file, image after image, row by row.</param>
/// <param name="TrainGarments">The garment 0..9 of each image of the train file.</param>
/// <param name="TestPixels">Grey values of the t10k file.</param>
/// <param name="TestGarments">The garment 0..9 of each image of the t10k file.</param>
/// <param name="Sha256">
/// Lower-case hex SHA-256 over the uncompressed content of the four files, in the order of <see cref="OriginalFile.All"/>.
/// </param>
public sealed record FashionMnist(
    byte[] TrainPixels, byte[] TrainGarments, byte[] TestPixels, byte[] TestGarments, string Sha256)
{
    /// <summary>Height and width of an image in pixels.</summary>
    public const int Side = 28;

    /// <summary>Grey values of an image.</summary>
    public const int PixelsPerImage = Side * Side;

    /// <summary>Images of the published train part.</summary>
    public const int TrainCount = 60_000;

    /// <summary>The only <see cref="Sha256"/> that <see cref="Load"/> gives, since it accepts the published files alone.</summary>
    public const string PublishedSha256 = "14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214";

    /// <summary>Images in the train and the t10k file together.</summary>
    public int Count => TrainGarments.Length + TestGarments.Length;

    /// <summary>The 784 grey values of image <paramref name="index"/>, counted through the train file and then the t10k file.</summary>
    public ReadOnlySpan<byte> Image(int index)
    {
        var (pixels, position) = index < TrainGarments.Length ? (TrainPixels, index) : (TestPixels, index - TrainGarments.Length);
        return pixels.AsSpan(position * PixelsPerImage, PixelsPerImage);
    }

    /// <summary>The garment 0..9 of image <paramref name="index"/>, counted as in <see cref="Image"/>.</summary>
    public byte Garment(int index) =>
        index < TrainGarments.Length ? TrainGarments[index] : TestGarments[index - TrainGarments.Length];

    /// <summary>The label of image <paramref name="index"/>, counted as in <see cref="Image"/>.</summary>
    public byte Label(int index, LabelScheme scheme) => ClassLabels.Of(scheme).LabelOf(Image(index), Garment(index));

    /// <summary>Reads the four files from streams of their compressed content. The streams stay open.</summary>
    /// <param name="files">In the order of <see cref="OriginalFile.All"/>, each with the name that error messages give it.</param>
    /// <exception cref="InvalidInputException">
    /// A file differs from the published one. The message names the file, the expected and the found content.
    /// </exception>
    public static FashionMnist Load(IReadOnlyList<(string Name, Stream Content)> files)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(files.Count, OriginalFile.All.Count);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var values = OriginalFile.All.Zip(files, (file, given) => file.Read(given.Content, given.Name, hash)).ToArray();
        return new(values[0], values[1], values[2], values[3], Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
