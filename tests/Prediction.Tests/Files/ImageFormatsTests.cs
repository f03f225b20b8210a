using ServerlessFashion.Prediction.Files;
using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tests.Files;

public class ImageFormatsTests
{
    private static readonly ReadContext Context = new("file", ReadOptions.Default, _ => { });

    /// <summary>The first bytes of real files, as their specifications give them.</summary>
    [Theory]
    [InlineData("49642C30", "CSV")]
    [InlineData("EFBBBF4964", "CSV")]
    [InlineData("00000803000027100000001C0000001C", "IDX")]
    [InlineData("934E554D50590100", "NPY")]
    [InlineData("89504E470D0A1A0A0000000D49484452", "PNG")]
    [InlineData("FFD8FFE000104A464946", "PNG")]
    [InlineData("524946462400000057454250", "WebP")]
    [InlineData("47494638396101000100800000FFFFFF", "GIF")]
    [InlineData("424D3600000000000000", "BMP")]
    [InlineData("FFFE49006400", "CSV")]
    [InlineData("490064002C003000", "CSV")]
    [InlineData("504B030414000000", "ZIP")]
    [InlineData("504B0506000000000000000000000000", "ZIP")]
    public void Detect_BeginningOfAFile_IsItsFormat(string head, string expected) => Assert.Contains(
        expected, ImageFormats.Detect(Convert.FromHexString(head), inGzip: false, Context).Name, StringComparison.Ordinal);

    [Theory]
    [InlineData("89504E470D0A1A0A0000000D49484452")]
    [InlineData("504B030414000000")]
    public void Detect_PictureOrArchiveInGzip_IsRefused(string head) => Assert.EndsWith(
        $"the file begins with the bytes {head}.",
        Assert.Throws<InvalidInputException>(() => ImageFormats.Detect(Convert.FromHexString(head), inGzip: true, Context)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Detect_NoBytes_SaysThatTheFileIsEmpty() => Assert.Equal(
        "file: the file is empty.",
        Assert.Throws<InvalidInputException>(() => ImageFormats.Detect(ReadOnlyMemory<byte>.Empty, inGzip: false, Context)).Message);
}
