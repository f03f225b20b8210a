using ServerlessFashion.Phrases;

namespace ServerlessFashion.Domain.Tests.Phrases;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0 images", 0, "image", null)]
    [InlineData("1 image", 1, "image", null)]
    [InlineData("2000 images", 2000, "image", null)]
    [InlineData("1 entry", 1, "entry", "entries")]
    [InlineData("2 entries", 2, "entry", "entries")]
    public void Of_Count_HasTheNounInItsNumber(string expected, int count, string singular, string? plural) =>
        Assert.Equal(expected, Quantity.Of(count, singular, plural));
}
