using ServerlessFashion.Prediction.Reading;

namespace ServerlessFashion.Prediction.Tests.Reading;

public class ReadContextTests
{
    [Theory]
    [InlineData("shoe", "'shoe'")]
    [InlineData("a\nb\u001b[31m", "'a?b?[31m'")]
    [InlineData("\U0001F460", "'??'")]
    [InlineData("1234567890123456789012345678901234567890", "'1234567890123456789012345678901234567890'")]
    [InlineData("12345678901234567890123456789012345678901", "'1234567890123456789012345678901234567890...'")]
    public void Shown_Text_IsShortAndWithoutControlCharacters(string text, string expected) =>
        Assert.Equal(expected, ReadContext.Shown(text));

    [Fact]
    public void Shown_LongBytes_DecodesNoMoreThanItShows() =>
        Assert.Equal($"'{new string('x', 40)}...'", ReadContext.Shown(Enumerable.Repeat((byte)'x', 1 << 20).ToArray()));

    [Fact]
    public async Task ReadWhole_UpToTheLimit_IsTheContentAndOneMoreIsRefused()
    {
        var content = new byte[100_000];
        content[99_999] = 7;

        Assert.Equal(content, (await ReadAsync(content, 100_000)).ToArray());
        await Assert.ThrowsAsync<InvalidInputException>(() => ReadAsync(content, 99_999));
    }

    private static Task<ReadOnlyMemory<byte>> ReadAsync(byte[] content, long limit) => ReadContext.ReadWholeAsync(
        new MemoryStream(content), limit, () => new InvalidInputException("too long"), TestContext.Current.CancellationToken);
}
