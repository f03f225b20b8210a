using ServerlessFashion.Data;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Domain.Tests.Data;

public class OriginalFileTests
{
    // The IDX file of 10,000 labels that are all 0.
    private static readonly byte[] ZeroLabels = [0, 0, 8, 1, 0, 0, 0x27, 0x10, .. new byte[10_000]];

    [Fact]
    public void Read_RightShapeWithOtherContent_NamesBothHashes()
    {
        // Found: python3 -c "import hashlib; print(hashlib.sha256(bytes([0,0,8,1,0,0,0x27,0x10])+bytes(10000)).hexdigest())"
        Assert.Equal(
            "t10k: expected content with SHA-256 0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34, "
            + "found fce4e2f69df0d4b98dc926db9d52e3054ec8f85ec567df277ca4efc90c53a0bc.",
            Refusal(Gzip.Compress(ZeroLabels)).Message);
    }

    [Fact]
    public void Read_TruncatedGzip_SaysSo()
    {
        var noise = ZeroLabels.ToArray();
        new Random(1).NextBytes(noise.AsSpan(8));
        var compressed = Gzip.Compress(noise);

        var message = Refusal(compressed[..(compressed.Length / 2)]).Message;

        Assert.StartsWith("t10k: expected ", message, StringComparison.Ordinal);
        Assert.Contains("truncated", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GzipWithAWrongChecksum_IsRefused()
    {
        var compressed = Gzip.Compress(ZeroLabels);
        compressed[^8] ^= 1;

        Assert.Equal("t10k: expected a whole gzip file, found one that is damaged or truncated.", Refusal(compressed).Message);
    }

    /// <summary>The name does not decide: programs leave unpacked content under the name of the packed file.</summary>
    [Fact]
    public void Read_UnpackedFile_IsReadAndChecked()
    {
        using var published = new System.IO.Compression.GZipStream(
            File.OpenRead(PublishedSet.Files().TestLabels), System.IO.Compression.CompressionMode.Decompress);
        using var content = new MemoryStream();
        published.CopyTo(content);
        content.Position = 0;

        Assert.Equal([9, 2, 1, 1, 6], OriginalFile.TestLabels.Read(content, "t10k")[..5]);
        Assert.StartsWith("t10k: expected content with SHA-256 ", Refusal(ZeroLabels).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyFile_IsRefused()
    {
        Assert.Equal("t10k: expected a header of 8 bytes, found an end after 0: the file is truncated.", Refusal([]).Message);
    }

    [Fact]
    public void Read_RecompressedFile_IsAccepted()
    {
        var path = PublishedSet.Files().TestLabels;
        using var published = new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress);
        using var content = new MemoryStream();
        published.CopyTo(content);

        var labels = OriginalFile.TestLabels.Read(new MemoryStream(Gzip.Compress(content.ToArray())), "t10k");

        Assert.Equal(10_000, labels.Length);
        // The first labels of t10k, as every tutorial shows them: ankle boot, pullover, trouser, trouser, shirt.
        Assert.Equal([9, 2, 1, 1, 6], labels[..5]);
    }

    private static InvalidInputException Refusal(byte[] file) =>
        Assert.Throws<InvalidInputException>(() => OriginalFile.TestLabels.Read(new MemoryStream(file), "t10k"));
}
