using ServerlessFashion.Cli.Display;

namespace ServerlessFashion.Cli.Tests.Display;

public sealed class GlyphsTests
{
    [Theory]
    [InlineData(true, true, "LANG=en_US.UTF-8")]
    [InlineData(true, true)]
    [InlineData(true, true, "LANG=C.UTF-8", "TERM=xterm")]
    [InlineData(true, true, "LC_ALL=de_DE.UTF-8", "LANG=C")]
    [InlineData(false, true, "LANG=C")]
    [InlineData(false, true, "LC_ALL=POSIX", "LANG=en_US.UTF-8")]
    [InlineData(false, true, "LC_CTYPE=C")]
    [InlineData(false, true, "LANG=en_US.UTF-8", "TERM=linux")]
    [InlineData(false, false, "LANG=de_DE.ISO-8859-1")]
    public void Of_Locale_DecidesBetweenUnicodeAndAscii(bool expected, bool isUnicode, params string[] environment)
    {
        var variables = environment.Select(entry => entry.Split('=')).ToDictionary(entry => entry[0], entry => entry[1]);

        Assert.Same(expected ? Glyphs.Unicode : Glyphs.Ascii, Glyphs.Of(isUnicode, variables.GetValueOrDefault));
    }
}
