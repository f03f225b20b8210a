using ServerlessFashion.Cli.Display;

namespace ServerlessFashion.Cli.Tests.Display;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(5.0, "0:05")]
    [InlineData(245.0, "4:05")]
    [InlineData(3723.0, "1:02:03")]
    public void Of_Seconds_IsShownAsAClockShowsIt(double? seconds, string? expected) => Assert.Equal(expected, DurationText.Of(seconds));
}
