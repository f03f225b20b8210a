using System.Text;
using ServerlessFashion.Cli.Display;
using ServerlessFashion.Cli.Display.Tables;

namespace ServerlessFashion.Cli.Tests.Display;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("\u001b]0;title\u0007", "?]0;title?")]
    [InlineData("a\u009b2Jb", "a?2Jb")]
    [InlineData("rtl\u202egnp.png\u2069", "rtl?gnp.png?")]
    [InlineData("two\nlines\tand é 𝄞", "two\nlines\tand é 𝄞")]
    public void Safe_ControlCharacters_AreReplaced(string text, string expected)
    {
        Assert.Equal(expected, TerminalText.Safe(text));
        Assert.Equal(expected, new Cell(text).Text);
    }

    /// <summary>The rows of one write may end between the two bytes of a character.</summary>
    [Theory]
    [InlineData("\u001b[31m,1\n", "?[31m,1\n")]
    [InlineData("a\u007f\r\n", "a?\r\n")]
    [InlineData("é\u009b2J𝄞\u00a0\n", "é\u00a02J𝄞\u00a0\n")]
    public void Stream_Rows_ReachTheTerminalWithoutControlCharacters(string rows, string expected)
    {
        foreach (var size in new[] { 1, 100 })
        {
            var terminal = new MemoryStream();
            using var stream = new TerminalStream(terminal);

            foreach (var part in Encoding.UTF8.GetBytes(rows).Chunk(size))
            {
                stream.Write(part);
            }

            Assert.Equal(expected, Encoding.UTF8.GetString(terminal.ToArray()));
        }
    }
}
