using System.Text;
using ServerlessFashion.Prediction.Tables;

namespace ServerlessFashion.Prediction.Tests.Tables;

public class Utf8LineReaderTests
{
    [Theory]
    [InlineData("a\nbc\r\nd\re", new[] { "a", "bc", "d", "e" })]
    [InlineData("a\r\n", new[] { "a" })]
    [InlineData("a\n\n\r\rb\n", new[] { "a", "", "", "", "b" })]
    [InlineData("a\r", new[] { "a" })]
    [InlineData("", new string[0])]
    public async Task TryRead_AnyLineEnds_GivesTheLinesWithoutThem(string text, string[] expected) =>
        Assert.Equal(expected, await LinesAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), longest: 10));

    /// <summary>Each byte arrives alone, so every CR LF is split between two reads.</summary>
    [Fact]
    public async Task TryRead_OneByteAtATime_DoesNotTakeASplitLineEndForTwo() => Assert.Equal(
        ["a", "b", "", "c"], await LinesAsync(new SlowStream("a\r\nb\r\n\r\nc"u8.ToArray()), longest: 10));

    [Fact]
    public async Task TryRead_LineOfTheMaximumLength_IsRead() =>
        Assert.Equal(["12345", "6"], await LinesAsync(new MemoryStream("12345\n6"u8.ToArray()), longest: 5));

    [Theory]
    [InlineData("1\n123456\n", 2)]
    [InlineData("1\n2\n123456", 3)]
    public async Task TryRead_LongerLine_ThrowsWithItsNumber(string text, long number)
    {
        var thrown = await Assert.ThrowsAsync<LineTooLongException>(() => LinesAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), 5));

        Assert.Equal(number, thrown.LineNumber);
    }

    /// <summary>The text is much longer than the buffer of 128 KiB.</summary>
    [Fact]
    public async Task TryRead_MoreThanTheBuffer_KeepsEveryLine()
    {
        var expected = Enumerable.Range(0, 50_000).Select(line => $"line {line}").ToArray();

        Assert.Equal(expected, await LinesAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', expected))), longest: 20));
    }

    private static async Task<string[]> LinesAsync(Stream stream, int longest)
    {
        var reader = new Utf8LineReader(stream, longest);
        var lines = new List<string>();
        do
        {
            while (reader.TryRead(out var line))
            {
                lines.Add(Encoding.UTF8.GetString(line));
                Assert.Equal(lines.Count, reader.LineNumber);
            }
        }
        while (await reader.FillAsync(TestContext.Current.CancellationToken));

        return [.. lines];
    }

    private sealed class SlowStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..1], cancellationToken);
    }
}
