using System.Text;
using ServerlessFashion.Prediction.Tables;

namespace ServerlessFashion.Prediction.Tests.Tables;

public class CsvNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("255", 255)]
    [InlineData("007", 7)]
    [InlineData("\"12\"", 12)]
    [InlineData(" 12 ", 12)]
    [InlineData("\" 12 \"", 12)]
    [InlineData("12.0", 12)]
    [InlineData("12.", 12)]
    [InlineData("12,00", 12)]
    public void TryParseGrey_WholeNumberInAnySpelling_IsItsValue(string field, byte expected)
    {
        Assert.True(CsvNumber.TryParseGrey(Encoding.UTF8.GetBytes(field), out var grey));
        Assert.Equal(expected, grey);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("256")]
    [InlineData("0255")]
    [InlineData("1 2")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("1.0.0")]
    [InlineData("1e2")]
    [InlineData(".0")]
    public void TryParseGrey_AnythingElse_IsFalse(string field) =>
        Assert.False(CsvNumber.TryParseGrey(Encoding.UTF8.GetBytes(field), out _));

    [Theory]
    [InlineData("999999999", 999_999_999)]
    [InlineData("9.0", 9)]
    public void TryParse_UpToNineDigits_IsTheirValue(string field, int expected)
    {
        Assert.True(CsvNumber.TryParse(Encoding.UTF8.GetBytes(field), out var value));
        Assert.Equal(expected, value);
        Assert.False(CsvNumber.TryParse("1234567890"u8, out _));
    }
}
