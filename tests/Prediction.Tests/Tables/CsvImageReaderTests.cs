using System.Text;
using ServerlessFashion.Prediction.Reading;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Tables;

public class CsvImageReaderTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Read_AnyLineEnd_GivesIdsAndPixelsInOrder(string end)
    {
        var read = await ReadAsync(string.Join(end, Header(), Row("7", 1), Row("3", 2), ""));

        Assert.Equal(["7", "3"], read.Ids);
        Assert.Equal([Pixels(1), Pixels(2)], read.Pixels);
    }

    [Fact]
    public async Task Read_MixedLineEndsBlankLinesMarkAndNoEndAtTheEnd_AreAccepted()
    {
        var text = "\ufeff" + Header() + "\r\n" + Row("a", 1) + "\n\n" + Row("b", 2) + "\r\r\n\r\n" + Row("c", 3);

        var read = await ReadAsync(text);

        Assert.Equal(["a", "b", "c"], read.Ids);
        Assert.Equal([Pixels(1), Pixels(2), Pixels(3)], read.Pixels);
    }

    /// <summary>Gzip packs two billion of them into two megabytes.</summary>
    [Fact]
    public async Task Read_BlankLinesWithoutEnd_AreRefused()
    {
        var start = $"{Header()}\n{Row("a", 1)}\n" + new string('\n', 16 << 10);

        Assert.Equal(["a", "b"], (await ReadAsync($"{start}{Row("b", 2)}\n")).Ids);
        Assert.Equal("file: line 16387: more than 16384 blank lines follow one another.", await ErrorOfAsync($"{start}\n{Row("b", 2)}\n"));
    }

    [Fact]
    public async Task Read_LabelColumn_IsNotTakenForAPixel()
    {
        var read = await ReadAsync($"{Header(labelled: true)}\n{Row("0", 5, label: "4")}\n");

        Assert.Equal(["0"], read.Ids);
        Assert.Equal([Pixels(5)], read.Pixels);
    }

    [Fact]
    public async Task Read_QuotedHeaderAndIds_AreUnquoted()
    {
        var header = string.Join(',', Header().Split(',').Select(name => $"\"{name}\""));

        var read = await ReadAsync($"{header}\n{Row("\"x y\"", 5)}\n");

        Assert.Equal(["x y"], read.Ids);
    }

    [Fact]
    public async Task Read_InUnevenPieces_GivesTheSameAsAtOnce()
    {
        var text = Header() + "\r\n" + string.Join("\r\n", Enumerable.Range(0, 40).Select(i => Row($"{i}", i))) + "\r\n";

        var read = await ReadAsync(new DripStream(Encoding.UTF8.GetBytes(text)), new ReadOptions { BatchSize = 7 });

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i}"), read.Ids);
        Assert.Equal(Enumerable.Range(0, 40).Select(Pixels), read.Pixels);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("")]
    [InlineData("-1", "; if the values are normalised, undo that first")]
    [InlineData("256", "; if the values have 16 bits, divide them by 257 and round them")]
    [InlineData("0255")]
    [InlineData("1.5")]
    [InlineData("0.5", "; if the values are scaled to 0..1, multiply them by 255 and round them")]
    [InlineData("7 7")]
    [InlineData("99999999999999999999")]
    [InlineData("1e2")]
    public async Task Read_PixelThatIsNoGreyValue_NamesLineColumnValueAndRemedy(string value, string remedy = "")
    {
        var fields = Row("1", 0).Split(',');
        fields[1 + 300] = value;

        var error = await ErrorOfAsync($"{Header()}\n{Row("0", 0)}\n{string.Join(',', fields)}\n{Row("2", 0)}\n");

        Assert.Equal($"file: line 3, column '300': expected a whole number from 0 to 255, found '{value}'{remedy}.", error);
    }

    [Theory]
    [InlineData(783)]
    [InlineData(1)]
    [InlineData(0)]
    public async Task Read_TooFewColumns_NamesLineAndCounts(int pixels)
    {
        var row = string.Join(',', Row("1", 0).Split(',').Take(1 + pixels));

        var error = await ErrorOfAsync($"{Header()}\n{Row("0", 0)}\n{row}\n");

        Assert.Equal($"file: line 3: expected 785 columns, found {pixels + 1}.", error);
    }

    [Theory]
    [InlineData(",0")]
    [InlineData(",")]
    public async Task Read_TooManyColumns_NamesLineAndCounts(string more)
    {
        var error = await ErrorOfAsync($"{Header()}\r\n{Row("0", 0)}{more}\r\n");

        Assert.Equal("file: line 2: expected 785 columns, found 786.", error);
    }

    [Fact]
    public async Task Read_FileCutOffWithinARow_NamesTheLine()
    {
        var text = $"{Header()}\n{Row("0", 0)}\n{Row("1", 0)}\n";

        var error = await ErrorOfAsync(text[..^5]);

        Assert.Equal("file: line 3: expected 785 columns, found 784.", error);
    }

    [Fact]
    public async Task Read_NoHeader_SaysWhichHeaderIsExpected()
    {
        var error = await ErrorOfAsync(Row("0", 0) + "\n");

        Assert.Equal("file: line 1 holds grey values, but the first line should be a header such as 'Id,0,...,783' or "
            + "'label,pixel1,...,pixel784'; put one before it.", error);
    }

    [Fact]
    public async Task Read_HeaderWithAnotherPixelName_NamesItsColumn()
    {
        var error = await ErrorOfAsync(Header().Replace(",17,", ",pixel17,") + "\n" + Row("0", 0));

        Assert.EndsWith("but column 19 should be '17', found 'pixel17'.", error);
    }

    [Fact]
    public async Task Read_HeaderThatIsTooShortOrTooLong_SaysWhereItShouldEnd()
    {
        Assert.EndsWith("but column 785 should be '783', found the end of the line.", await ErrorOfAsync(Header()[..^4] + "\n"));
        Assert.EndsWith(
            "but its column 787 is '784'; take out all columns but one Id, one Label and the pixels.",
            await ErrorOfAsync(Header(labelled: true) + ",784\n"));
    }

    [Fact]
    public async Task Read_LabelThatIsNoNumber_NamesLineAndValue()
    {
        var error = await ErrorOfAsync($"{Header(labelled: true)}\n{Row("0", 5, label: "shoe")}\n");

        Assert.Equal("file: line 2, column 'Label': expected a whole number, found 'shoe'.", error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\"b")]
    public async Task Read_IdThatCannotBeUsed_NamesLine(string id)
    {
        var error = await ErrorOfAsync($"{Header()}\n{Row(id, 0)}\n");

        Assert.Equal($"file: line 2, column 'Id': expected 1 to 1024 bytes of UTF-8 without NUL, and without quotes inside unless "
            + $"they are doubled, found '{id}'.", error);
    }

    [Fact]
    public async Task Read_IdThatIsNotUtf8_NamesLine()
    {
        byte[] text = [.. Encoding.UTF8.GetBytes(Header() + "\n"), 0xff, 0xfe, .. Encoding.UTF8.GetBytes(Row("", 0))];

        Assert.StartsWith("file: line 2, column 'Id'", await ErrorOfAsync(text));
    }

    [Fact]
    public async Task Read_HeaderAlone_IsAnError()
    {
        Assert.Equal("file: the file has a header but no rows.", await ErrorOfAsync(Header() + "\n"));
    }

    [Fact]
    public async Task Read_LineWithoutEnd_IsRefusedBeforeItIsAllInMemory()
    {
        var endless = new RepeatingStream("0123456789,"u8.ToArray(), 1L << 40);

        var error = await Assert.ThrowsAsync<InvalidInputException>(() => ReadAsync(endless));

        Assert.Equal("file: line 1 is longer than 16384 bytes.", error.Message);
        Assert.InRange(endless.Given, 1, 1 << 20);
    }

    [Fact]
    public async Task Read_MoreImagesThanAllowed_IsRefused()
    {
        var text = $"{Header()}\n{Row("0", 0)}\n{Row("1", 0)}\n{Row("2", 0)}\n";

        Assert.Equal(3, (await ReadAsync(text, new ReadOptions { MaxImages = 3 })).Ids.Count);
        Assert.Equal(
            "file: it has more than 2 images, the limit of one input.",
            await ErrorOfAsync(text, new ReadOptions { MaxImages = 2 }));
    }

    /// <summary>Gives the same bytes again and again, up to a total that no memory holds.</summary>
    private sealed class RepeatingStream(byte[] unit, long length) : MemoryStream
    {
        public long Given { get; private set; }

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, length - Given);
            for (var i = 0; i < count; i++)
            {
                buffer.Span[i] = unit[(Given + i) % unit.Length];
            }

            Given += count;
            return ValueTask.FromResult(count);
        }
    }
}
