using System.Text;
using ServerlessFashion.Prediction.Tables;
using static ServerlessFashion.Prediction.Tests.ImageInput;

namespace ServerlessFashion.Prediction.Tests.Tables;

public class CsvHeaderTests
{
    private static readonly int[] Columns = [.. Enumerable.Range(0, 784)];

    public static TheoryData<string, string, string, string> Tables => new()
    {
        { "Kaggle's Fashion-MNIST", "label," + Named(i => $"pixel{i + 1}"), "4,{0}", "0" },
        { "Kaggle's digits", Named(i => $"pixel{i}"), "{0}", "0" },
        { "MNIST in CSV", "label," + Named(i => $"{(i / 28) + 1}x{(i % 28) + 1}"), "4,{0}", "0" },
        { "OpenML", Named(i => $"pixel{i + 1}") + ",class", "{0},4", "0" },
        { "R", Named(i => $"V{i + 1}"), "{0}", "0" },
        { "to_csv(index=False)", Named(i => $"{i}"), "{0}", "0" },
        { "to_csv()", "," + Named(i => $"{i}"), "17,{0}", "17" },
        { "to_csv() with Id", ",Id," + Named(i => $"{i}"), "5,a,{0}", "a" },
        { "read_csv and to_csv again", "Unnamed: 0,Id,Label," + Named(i => $"{i}"), "5,a,3,{0}", "a" },
        { "lower case", "id,label," + Named(i => $"{i}"), "a,3,{0}", "a" },
        { "label first", "Label,Id," + Named(i => $"{i}"), "3,a,{0}", "a" },
        { "id last", Named(i => $"{i}") + ",Id", "{0},a", "a" },
        { "spaces", "Id, " + Named(i => $"{i}").Replace(",", ", ", StringComparison.Ordinal), "a, {0}", "a" },
        { "quotes", "\"Id\"," + Named(i => $"\"{i}\""), "\"a, \"\"b\"\"\",{0}", "a, \"b\"" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Read_TableOfAnotherProgram_GivesItsImagesAndIds(string program, string header, string row, string id)
    {
        var read = await ReadAsync($"{header}\n{string.Format(row, Values())}\n");

        Assert.True(Pixels(3).SequenceEqual(Assert.Single(read.Pixels)), program);
        Assert.Equal([id], read.Ids);
    }

    [Theory]
    [InlineData(',', ".0")]
    [InlineData(';', "")]
    [InlineData(';', ",0")]
    [InlineData('\t', "")]
    public async Task Read_OtherSeparatorsAndDecimals_GivesTheImages(char separator, string decimals)
    {
        var header = ("Id," + Named(i => $"{i}")).Replace(',', separator);
        var values = string.Join(separator, Pixels(3).Select(value => $"{value}{decimals}"));

        var read = await ReadAsync($"{header}\r\na{separator}{values}\r\n");

        Assert.Equal([Pixels(3)], read.Pixels);
        Assert.Equal(["a"], read.Ids);
    }

    [Fact]
    public async Task Read_QuotedNumbers_AreNumbers()
    {
        var row = string.Join(',', Pixels(3).Select(value => $"\"{value}\""));

        var read = await ReadAsync($"\"Id\",{Named(i => $"\"{i}\"")}\n\"7\",{row}\n");

        Assert.Equal([Pixels(3)], read.Pixels);
        Assert.Equal(["7"], read.Ids);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-8", true)]
    public async Task Read_Utf16_GivesTheImages(string encoding, bool marked)
    {
        var text = Encoding.GetEncoding(encoding);

        var read = await ReadAsync([.. marked ? text.GetPreamble() : [], .. text.GetBytes($"{Header()}\r\n{Row("Größe", 3)}\r\n")]);

        Assert.Equal([Pixels(3)], read.Pixels);
        Assert.Equal(["Größe"], read.Ids);
    }

    [Fact]
    public async Task Read_NoIds_GivesPositionsAcrossBatches()
    {
        var rows = string.Concat(Enumerable.Range(0, 5).Select(i => $"{string.Join(',', Pixels(i))}\n"));

        var read = await ReadAsync($"{Named(i => $"pixel{i}")}\n{rows}", new() { BatchSize = 2 });

        Assert.Equal(["0", "1", "2", "3", "4"], read.Ids);
        Assert.Equal(Enumerable.Range(0, 5).Select(Pixels), read.Pixels);
    }

    [Theory]
    [InlineData("Id,name,", "column 2 is 'name'")]
    [InlineData("Id,Id,", "column 2 is 'Id'")]
    [InlineData("label,class,", "column 2 is 'class'")]
    public async Task Read_ColumnWhoseMeaningIsNotCertain_IsNamed(string before, string expected) => Assert.Equal(
        $"file: line 1 should be a header such as 'Id,0,...,783' or 'label,pixel1,...,pixel784', but its {expected}; "
        + "take out all columns but one Id, one Label and the pixels.",
        await ErrorOfAsync($"{before}{Named(i => $"{i}")}\n"));

    [Fact]
    public async Task Read_RowsWithoutHeader_AreRefusedWithTheRemedy()
    {
        Assert.Contains("holds grey values", await ErrorOfAsync($"{Values()}\n"), StringComparison.Ordinal);
        Assert.Contains("holds grey values", await ErrorOfAsync($"9,{Values()}\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\"a\0b\"")]
    public async Task Read_NulInAnId_IsRefused(string id) =>
        Assert.StartsWith(
            "file: line 2, column 'Id': expected 1 to 1024 bytes of UTF-8 without NUL", await ErrorOfAsync($"{Header()}\n{Row(id, 0)}\n"));

    private static string Named(Func<int, string> name) => string.Join(',', Columns.Select(name));

    private static string Values() => string.Join(',', Pixels(3));
}
