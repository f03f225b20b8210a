using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using ServerlessFashion.Data;

namespace ServerlessFashion.Domain.Tests.Data;

public sealed class CsvWriterTests
{
    /// <summary>The quoted ones are those of RFC 4180, section 2, rules 5 to 7.</summary>
    [Theory]
    [InlineData("aaa", "aaa")]
    [InlineData("", "")]
    [InlineData(" a b ", " a b ")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("b\"bb", "\"b\"\"bb\"")]
    [InlineData("b\r\nbb", "\"b\r\nbb\"")]
    [InlineData("b\rbb", "\"b\rbb\"")]
    [InlineData("b\nbb", "\"b\nbb\"")]
    [InlineData("κ–µ", "κ–µ")]
    public void Add_Text_IsQuotedWhereItMustBe(string text, string expected) => Assert.Equal(expected, Write(csv => csv.Add(text)));

    [Fact]
    public void EndRow_SeveralFields_SeparatesThemAndEndsEachRow() => Assert.Equal("a,1\r\n,2\r\n", Write(
        csv =>
        {
            csv.Add("a");
            csv.Add(1);
            csv.EndRow();
            csv.Add("");
            csv.Add(2);
            csv.EndRow();
        },
        "\r\n"));

    [Fact]
    public void Add_NumberInACultureWithDecimalComma_HasAPoint()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "minus " } };
        try
        {
            Assert.Equal("0.5,0.10000000000000001,-7", Write(csv =>
            {
                csv.Add(.5);
                csv.Add(.1, "G17");
                csv.Add(-7);
            }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Add_NumberOfManyDigits_IsWhole() =>
        Assert.Equal($"1{new string('0', 70)}.00", Write(csv => csv.Add(BigInteger.Pow(10, 70), "F2")));

    [Fact]
    public void AddEach_AllBytes_GivesAFieldForEach()
    {
        byte[] values = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var expected = string.Join(',', Enumerable.Range(0, 256));

        Assert.Equal($"{expected}\n7,{expected}", Write(csv =>
        {
            csv.AddEach(values);
            csv.EndRow();
            csv.Add(7);
            csv.AddEach(values);
        }));
    }

    [Fact]
    public void AddEach_NoValues_AddsNothing() => Assert.Equal("a,b", Write(csv =>
    {
        csv.AddEach([]);
        csv.Add("a");
        csv.AddEach([]);
        csv.Add("b");
    }));

    private static string Write(Action<CsvWriter> write, string newLine = "\n")
    {
        var output = new ArrayBufferWriter<byte>();
        write(new CsvWriter(output, newLine));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
