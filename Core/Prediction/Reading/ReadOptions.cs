using ServerlessFashion.Data;
using ServerlessFashion.Predictions;

namespace ServerlessFashion.Prediction.Reading;

/// <summary>Options and limits for reading image files.</summary>
public sealed record ReadOptions
{
    public static ReadOptions Default { get; } = new();

    /// <summary>
    /// The registered data set whose images the input becomes; null for Fashion-MNIST. Every picture is then prepared as those of the set,
    /// whatever <see cref="Pictures"/> says. The default value is null.
    /// </summary>
    public DatasetDescription? Dataset { get; init; }

    /// <summary>The preparation of pictures. The default value is <see cref="PicturePreparation.Auto"/>.</summary>
    public PicturePreparation Pictures { get; init; } = PicturePreparation.Auto;

    /// <summary>Maximum number of images in one input. The default value is 10,000,000.</summary>
    public long MaxImages { get; init; } = 10_000_000;

    /// <summary>Maximum number of pixels of one picture, decoded to 4 bytes each. The default value is 25 million (100 MB).</summary>
    public long MaxPicturePixels { get; init; } = 25_000_000;

    /// <summary>
    /// Maximum number of pixels of a JPEG that can be decoded at a fraction of its size, down to an eighth, so that
    /// <see cref="MaxPicturePixels"/> holds for the result. The default value is 250 million.
    /// </summary>
    public long MaxReducedPicturePixels { get; init; } = 250_000_000;

    /// <summary>
    /// Maximum memory for the grey values of an array whose images do not stand together in the file. The default value is 256 MiB, about
    /// 340,000 images.
    /// </summary>
    public long MaxTransposedBytes { get; init; } = 256 << 20;

    /// <summary>Maximum size of one picture file in bytes. The default value is 64 MiB.</summary>
    public int MaxPictureBytes { get; init; } = 64 << 20;

    /// <summary>Maximum size of a ZIP's directory in bytes. The default value is 16 MiB, about 150,000 entries.</summary>
    public long MaxDirectoryBytes { get; init; } = 16 << 20;

    /// <summary>Maximum number of entries of a ZIP. The default value is 100,000.</summary>
    public int MaxEntries { get; init; } = 100_000;

    /// <summary>Maximum unpacked size of all entries of a ZIP together, in bytes. The default value is 8 GiB.</summary>
    public long MaxUnpackedBytes { get; init; } = 8L << 30;

    /// <summary>
    /// Maximum ratio of unpacked to packed bytes for a ZIP entry above 1 MiB. Pictures barely compress. The default value is 50.
    /// </summary>
    public int MaxPackingRatio { get; init; } = 50;

    /// <summary>The shape of the images.</summary>
    public ImageShape Shape => Dataset is { } set ? new ImageShape(set.Side, set.Channels) : ImageShape.FashionMnist;

    /// <summary>Images in one <see cref="ImageBatch"/>. The default value is 256 (200 KB).</summary>
    public int BatchSize { get; init; } = 256;
}
