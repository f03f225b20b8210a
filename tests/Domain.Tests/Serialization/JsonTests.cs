using System.Text.Json;
using ServerlessFashion.Data;
using ServerlessFashion.Evaluation;
using ServerlessFashion.Serialization;

namespace ServerlessFashion.Domain.Tests.Serialization;

public class JsonTests
{
    private sealed record Sample(string FirstName, LabelScheme Labels, double Loss, string? Note);

    /// <summary>Written by hand from the dialect's contract: camelCase names and enums, nulls written, one line.</summary>
    [Fact]
    public void Compact_Record_HasCamelCaseNamesAndEnumsAndNulls() => Assert.Equal(
        """{"firstName":"a","labels":"garments","loss":0.5,"note":null}""",
        JsonSerializer.Serialize(new Sample("a", LabelScheme.Garments, .5, null), Json.Compact));

    [Fact]
    public void Indented_Record_HasOneFieldPerLine() => Assert.Equal(
        "{\n  \"firstName\": \"a\",\n  \"labels\": \"five\",\n  \"loss\": 2,\n  \"note\": \"b\"\n}",
        JsonSerializer.Serialize(new Sample("a", LabelScheme.Five, 2, "b"), Json.Indented).ReplaceLineEndings("\n"));

    /// <summary>A model whose loss overflows must not make its run unreadable.</summary>
    [Theory]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    public void Compact_NumberThatIsNotFinite_IsANameAndReadsBack(double value, string expected)
    {
        Assert.Equal(expected, JsonSerializer.Serialize(value, Json.Compact));
        Assert.Equal(value, JsonSerializer.Deserialize<double>(expected, Json.Compact));
    }

    [Fact]
    public void Compact_TextThatCouldEndAScript_IsEscaped() =>
        Assert.Equal("\"\\u003C/script\\u003E\"", JsonSerializer.Serialize("</script>", Json.Compact));

    [Fact]
    public void Compact_UnknownEnumName_IsRefused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LabelScheme>("\"six\"", Json.Compact));

    /// <summary>Readers of requests ask for the fields of a type before anything was serialized.</summary>
    [Fact]
    public void Apply_OptionsThatWereNeverUsed_KnowTheFieldsOfAType()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Json.Apply(options, indented: false);

        Assert.Equal(["low", "high"], options.GetTypeInfo(typeof(Interval)).Properties.Select(field => field.Name));
    }
}
