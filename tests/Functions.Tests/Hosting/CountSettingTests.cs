using Microsoft.Extensions.Configuration;
using ServerlessFashion.Functions.Hosting;

namespace ServerlessFashion.Functions.Tests.Hosting;

public sealed class CountSettingTests
{
    [Theory]
    [InlineData(null, 3)]
    [InlineData("", 3)]
    [InlineData("12", 12)]
    public void ReadCount_NumberOrNothing_IsTheNumberOrTheDefault(string? text, int expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.5")]
    public void ReadCount_SomethingElse_NamesTheSetting(string text) => Assert.Equal(
        $"FASHION_TRAINING_REPLICAS: expected a positive whole number, found '{text}'.",
        Assert.Throws<InvalidInputException>(() => Read(text)).Message);

    private static int Read(string? text) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["FASHION_TRAINING_REPLICAS"] = text })
        .Build()
        .ReadCount("FASHION_TRAINING_REPLICAS", defaultValue: 3);
}
