using System.IO.Compression;
using System.Security.Cryptography;

namespace ServerlessFashion.Data;

/// <summary>
/// One of the four published files of Fashion-MNIST, with its shape and content hash. Mirrors compress the files again (Debian's
/// .gz differ from the publisher's), so the hash of the uncompressed content identifies a file.
/// </summary>
/// <param name="Name">File name, the same at every mirror.</param>
/// <param name="Shape">IDX dimensions, outermost first: images x rows x columns, or labels.</param>
/// <param name="ContentSha256">Lower-case hex SHA-256 of the uncompressed file, IDX header included.</param>
/// <remarks>
/// The hashes were taken with <c>zcat FILE | sha256sum</c> from Debian's dataset-fashion-mnist 0.0~git20200523; those of the two
/// label files were compared with github.com/zalandoresearch/fashion-mnist as well.
/// </remarks>
public sealed record OriginalFile(string Name, IReadOnlyList<int> Shape, string ContentSha256)
{
    public static readonly OriginalFile TrainImages = new(
        "train-images-idx3-ubyte.gz", [60_000, 28, 28], "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888");

    public static readonly OriginalFile TrainLabels = new(
        "train-labels-idx1-ubyte.gz", [60_000], "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9");

    public static readonly OriginalFile TestImages = new(
        "t10k-images-idx3-ubyte.gz", [10_000, 28, 28], "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b");

    public static readonly OriginalFile TestLabels = new(
        "t10k-labels-idx1-ubyte.gz", [10_000], "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

    /// <summary>The four files. Every list and hash of this project uses this order.</summary>
    public static readonly IReadOnlyList<OriginalFile> All = [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>Decodes the file and checks its IDX header, length and content hash.</summary>
    /// <param name="file">The file, packed with gzip or not, in a stream that can seek; read to its end, not closed.</param>
    /// <param name="shownName">The file's name in error messages.</param>
    /// <param name="combinedHash">An optional hash that also receives the uncompressed content.</param>
    /// <returns>The values after the header, one byte each.</returns>
    /// <exception cref="InvalidInputException">
    /// The content differs from the published file. The message names the file, the expected and the found content.
    /// </exception>
    public byte[] Read(Stream file, string shownName, IncrementalHash? combinedHash = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var unpacked = IsGzip(file) ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : null;
        var (header, values) = Idx.ReadUnsignedBytes(unpacked ?? file, Shape, shownName);

        hash.AppendData(header);
        hash.AppendData(values);
        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != ContentSha256)
        {
            throw new InvalidInputException(
                $"{shownName}: expected content with SHA-256 {ContentSha256}, found {found}.");
        }

        combinedHash?.AppendData(header);
        combinedHash?.AppendData(values);
        return values;
    }

    /// <summary>Whether a file is packed with gzip, by its first two bytes. The stream must be able to seek; its position stays.</summary>
    public static bool IsGzip(Stream file)
    {
        Span<byte> head = stackalloc byte[2];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position -= read;
        return head is [0x1f, 0x8b];
    }
}
