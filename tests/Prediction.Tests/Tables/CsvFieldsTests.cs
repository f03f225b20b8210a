using System.Text;
using ServerlessFashion.Prediction.Tables;

namespace ServerlessFashion.Prediction.Tests.Tables;

public class CsvFieldsTests
{
    [Theory]
    [InlineData("a,b", new[] { "a", "b" })]
    [InlineData("a,,b,", new[] { "a", "", "b", "" })]
    [InlineData("", new[] { "" })]
    public void TryRead_Line_GivesEveryFieldAndThenNone(string line, string[] expected)
    {
        var fields = new CsvFields(Encoding.UTF8.GetBytes(line));
        var found = new List<string>();
        while (fields.TryRead(out var field))
        {
            found.Add(Encoding.UTF8.GetString(field));
        }

        Assert.Equal(expected, found);
        Assert.True(fields.AtEnd);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("255", 255)]
    [InlineData("007,1", 7)]
    public void TryReadGrey_OneToThreeDigits_IsTheirValue(string line, byte expected)
    {
        var fields = new CsvFields(Encoding.UTF8.GetBytes(line));

        Assert.True(fields.TryReadGrey(out var grey));
        Assert.Equal(expected, grey);
        Assert.Equal(line.Split(',')[0].Length + 1, fields.Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("256")]
    [InlineData("0255")]
    [InlineData("1 ,2")]
    [InlineData("-1")]
    public void TryReadGrey_AnythingElse_IsFalse(string line)
    {
        var fields = new CsvFields(Encoding.UTF8.GetBytes(line));

        Assert.False(fields.TryReadGrey(out _));
    }
}
