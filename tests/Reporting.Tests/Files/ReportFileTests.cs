using ServerlessFashion.Reporting.Files;

namespace ServerlessFashion.Reporting.Tests.Files;

public sealed class ReportFileTests
{
    /// <summary>UTF-8 by hand: é is C3 A9; no byte order mark.</summary>
    [Fact]
    public void Text_Accent_IsUtf8WithoutMark() => Assert.Equal([0x63, 0xC3, 0xA9], ReportFile.Text("a", "text/plain", "cé").Content);
}
