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
    [InlineData("a;b,c;d", new[] { "a", "b,c", "d" })]
    [InlineData("\"a;b\";c", new[] { "\"a;b\"", "c" })]
    [InlineData(" \"a\"\";\" ;c", new[] { " \"a\"\";\" ", "c" })]
    [InlineData("\"a;b", new[] { "\"a", "b" })]
    public void TryRead_SeparatorInQuotes_StaysInTheField(string line, string[] expected)
    {
        var fields = new CsvFields(Encoding.UTF8.GetBytes(line), (byte)';');
        var found = new List<string>();
        while (fields.TryRead(out var field))
        {
            found.Add(Encoding.UTF8.GetString(field));
        }

        Assert.Equal(expected, found);
        Assert.Equal(expected.Length, CsvFields.Count(Encoding.UTF8.GetBytes(line), (byte)';'));
    }

    /// <summary>RFC 4180, section 2: a quote inside a quoted field is doubled.</summary>
    [Theory]
    [InlineData("a", "a")]
    [InlineData(" a b ", "a b")]
    [InlineData("\"a, \"\"b\"\"\"", "a, \"b\"")]
    [InlineData("\"\"", "")]
    [InlineData("a\"b", null)]
    [InlineData("a\"\"b", null)]
    [InlineData("\"a\"b\"", null)]
    [InlineData("\"a", null)]
    public void Text_Field_IsItsContentOrNull(string field, string? expected) =>
        Assert.Equal(expected, CsvFields.Text(Encoding.UTF8.GetBytes(field)));
}
