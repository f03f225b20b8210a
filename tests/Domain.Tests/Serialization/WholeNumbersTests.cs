using System.Text.Json;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Serialization;

/// <summary>JSON Schema, draft 2020-12, validation, 6.1.1: <c>1.0</c> is an integer.</summary>
public class WholeNumbersTests
{
    [Theory]
    [InlineData("2.0", "2")]
    [InlineData("1e2", "100")]
    [InlineData("-1.50e1", "-15")]
    [InlineData("0.0", "0")]
    [InlineData("2.5", "2.5")]
    [InlineData("1e-3", "1e-3")]
    [InlineData("1e30", "1e30")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("\"2.0\"", "\"2.0\"")]
    [InlineData("""{"a":[1.0,{"b":3.0,"c":null}],"d":"é"}""", """{"a":[1,{"b":3,"c":null}],"d":"\u00E9"}""")]
    [InlineData("""{"a":1,"b":[true,0.5]}""", """{"a":1,"b":[true,0.5]}""")]
    public void Of_Json_HasWholeNumbersWithoutFraction(string json, string expected)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(expected, WholeNumbers.Of(document.RootElement).GetRawText());
    }
}
