using ServerlessFashion.Cli.Display;

namespace ServerlessFashion.Cli.Tests.Display;

public sealed class WrappedTextTests
{
    [Theory]
    [InlineData("one two three", 80, "one two three")]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one two three", 6, "one|two|three")]
    [InlineData("one-very-long-word two", 6, "one-very-long-word|two")]
    [InlineData("", 6, "")]
    public void Lines_Text_BreakBetweenWords(string text, int width, string expected) =>
        Assert.Equal(expected.Split('|'), WrappedText.Lines(text, width));
}
