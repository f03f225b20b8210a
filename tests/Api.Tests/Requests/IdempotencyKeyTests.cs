using ServerlessFashion.Api.Requests;


namespace ServerlessFashion.Api.Tests.Requests;

public class IdempotencyKeyTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("monday", "monday")]
    [InlineData("\"monday\"", "monday")]
    [InlineData(" \"order 66\" ", "order 66")]
    public void Parse_UsableValue_GivesTheKey(string? value, string? key) => Assert.Equal(key, IdempotencyKey.Parse(value));

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("\"open")]
    [InlineData("back\\slash")]
    [InlineData("grün")]
    public void Parse_OtherValue_IsRefused(string value)
    {
        var refused = Assert.Throws<InvalidInputException>(() => IdempotencyKey.Parse(value));

        Assert.StartsWith("Idempotency-Key: expected 1 to 255", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_LongValue_IsRefusedFrom256Characters()
    {
        Assert.Equal(255, IdempotencyKey.Parse(new string('k', 255))!.Length);
        Assert.Throws<InvalidInputException>(() => IdempotencyKey.Parse(new string('k', 256)));
    }
}
