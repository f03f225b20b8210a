using System.Text;
using ServerlessFashion.Api.Requests;

namespace ServerlessFashion.Api.Tests.Requests;

public class RequestBodyTests
{
    /// <summary>A document would take them, and fail only when somebody asks for the text.</summary>
    [Theory]
    [InlineData("{\"id\": \"a\u008a\"}", 8)]
    [InlineData("{\"\u008a\": 1}", 2)]
    [InlineData("{\"id\": \"\\ud800\"}", 8)]
    [InlineData("{\"\\udc00x\": 1}", 2)]
    public void Parse_TextThatIsNotUnicode_NamesItsByte(string body, int position)
    {
        var problem = Assert.Throws<ProblemException>(() => RequestBody.Parse(Encoding.Latin1.GetBytes(body)));

        Assert.Equal((400, $"body: the text at byte {position} is not Unicode."), (problem.Status, problem.Message));
    }

    [Fact]
    public void Parse_Escapes_AreText() =>
        Assert.Equal("é𝄞", RequestBody.Parse("""{"id": "\u00e9\ud834\udd1e"}"""u8.ToArray()).GetProperty("id").GetString());

    [Theory]
    [InlineData("{\n\"a\" 1}", "body: not usable as JSON at line 2, byte 5: ")]
    [InlineData("""{"a": 1, "a": 2}""", "body: not usable as JSON at line 1, byte ")]
    [InlineData("[[[[[[[[[1]]]]]]]]]", "body: not usable as JSON at line 1, byte 9: ")]
    public void Parse_NotUsable_NamesLineAndByte(string body, string expected)
    {
        var problem = Assert.Throws<ProblemException>(() => RequestBody.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(400, problem.Status);
        Assert.StartsWith(expected, problem.Message, StringComparison.Ordinal);
    }
}
