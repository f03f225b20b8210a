using ServerlessFashion.Cli.Display;

namespace ServerlessFashion.Cli.Tests.Display;

public class ShellWordTests
{
    /// <summary>
    /// Quoting of the POSIX shell command language, 2.2.2: nothing is special between single quotes, and none can stand there.
    /// </summary>
    [Theory]
    [InlineData("out/run-1", "out/run-1")]
    [InlineData("my report", "'my report'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("", "''")]
    public void Of_Text_IsOneWord(string text, string expected) => Assert.Equal(expected, ShellWord.Of(text));

    [Fact]
    public void Option_NoValue_IsNothing() =>
        Assert.Equal(("", " --output 'a b'"), (ShellWord.Option("--output", null), ShellWord.Option("--output", "a b")));
}
