using ServerlessFashion.Cli.Display;

namespace ServerlessFashion.Cli.Tests.Display;

public class ByteTextTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(99_949, "99.9 kB")]
    [InlineData(99_950, "100 kB")]
    [InlineData(999_499, "999 kB")]
    [InlineData(999_500, "1.0 MB")]
    [InlineData(4_210_000, "4.2 MB")]
    [InlineData(5_000_000_000_000_000, "5000 TB")]
    public void Of_Bytes_HasAtMostThreeDigitsAndAUnit(long bytes, string expected) => Assert.Equal(expected, ByteText.Of(bytes));
}
