using System.Text;
using ServerlessFashion.Api.Requests;

namespace ServerlessFashion.Api.Tests.Requests;

public class JsonTextTests
{
    /// <summary>A document would take them, and fail only when somebody asks for the text.</summary>
    [Theory]
    [InlineData("{\"id\": \"a\u008a\"}", 8)]
    [InlineData("{\"\u008a\": 1}", 2)]
    [InlineData("{\"id\": \"\\ud800\"}", 8)]
    [InlineData("{\"\\udc00x\": 1}", 2)]
    public void Parse_TextThatIsNotUnicode_NamesItsByte(string body, int position)
    {
        var problem = Assert.Throws<ProblemException>(() => JsonText.Parse(Encoding.Latin1.GetBytes(body)));

        Assert.Equal((400, $"body: the text at byte {position} is not Unicode."), (problem.Status, problem.Message));
    }

    [Fact]
    public void Parse_Escapes_AreText() =>
        Assert.Equal("é𝄞", JsonText.Parse("""{"id": "\u00e9\ud834\udd1e"}"""u8.ToArray()).GetProperty("id").GetString());

    [Theory]
    [InlineData("{\n\"a\" 1}", "body: not usable as JSON at line 2, byte 5: '1' cannot stand here.")]
    [InlineData("{\"a\": \n\n tru}", "body: not usable as JSON at line 3, byte 5: '}' cannot stand here.")]
    [InlineData("{\"a\": 1,}", "body: not usable as JSON at line 1, byte 9: '}' cannot stand here.")]
    [InlineData("{\"a\": \"\u0001\"}", "body: not usable as JSON at line 1, byte 8: U+0001 cannot stand here.")]
    [InlineData("{} é", "body: not usable as JSON at line 1, byte 4: 'é' cannot stand here.")]
    [InlineData("{\"a\": 1", "body: not usable as JSON at line 1, byte 8: it ends too early.")]
    [InlineData("{\"a\": \"b", "body: not usable as JSON at line 1, byte 9: it ends too early.")]
    [InlineData("{\"a\": [1, ", "body: not usable as JSON at line 1, byte 11: it ends too early.")]
    [InlineData("", "body: not usable as JSON at line 1, byte 1: it ends too early.")]
    [InlineData("""{"a": 1, "a": 2}""", "body: not usable as JSON: the field 'a' is given twice.")]
    [InlineData("""{"a": [{"b": 1, "c": 2, "b": 3}]}""", "body: not usable as JSON: the field 'b' is given twice.")]
    [InlineData("[[[[[[[[[1]]]]]]]]]", "body: not usable as JSON at line 1, byte 9: it nests more than 8 levels deep.")]
    public void Parse_NotUsable_NamesThePlaceInOwnWords(string body, string expected)
    {
        var problem = Assert.Throws<ProblemException>(() => JsonText.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.Equal((400, expected), (problem.Status, problem.Message));
    }

    [Fact]
    public void Parse_ByteOrderMark_IsSkipped() =>
        Assert.Equal(1, JsonText.Parse("\ufeff{\"a\": 1}"u8.ToArray()).GetProperty("a").GetInt32());
}
