using System.Security.Cryptography;

namespace ServerlessFashion.Import.Arrays;

/// <summary>The SHA-256 of the pixels of each image. Several threads may add.</summary>
internal sealed class ImageDigests(int count)
{
    private readonly byte[] _digests = new byte[(long)count * SHA256.HashSizeInBytes];

    public void Add(int image, ReadOnlySpan<byte> pixels) => SHA256.HashData(pixels, Span(image));

    public bool AreEqual(int first, int second) => Span(first).SequenceEqual(Span(second));

    public int Compare(int first, int second) => Span(first).SequenceCompareTo(Span(second));

    private Span<byte> Span(int image) => _digests.AsSpan(image * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes);
}
