using ServerlessFashion.Cli.Local.Processes;
using ServerlessFashion.Cli.Pages;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Cli.Tests.Pages;

public class BrowserTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "")]
    [InlineData("DISPLAY", "xdg-open")]
    [InlineData("WAYLAND_DISPLAY", "xdg-open")]
    [InlineData("WSL_DISTRO_NAME", "wslview xdg-open")]
    public void CommandsOfLinux_Environment_DecidesTheCommands(string variable, string expected) =>
        Assert.Equal(expected, string.Join(' ', Browser.CommandsOfLinux(name => name == variable ? "x" : null)));

    /// <summary>The third command creates the file that it is asked to open.</summary>
    [Fact]
    public async Task Open_FirstCommandIsMissingAndTheSecondFails_AsksTheThird()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands of this test are those of Unix.");
        using var folder = new TemporaryFolder();
        var page = folder.File("a b&c");
        var browser = new Browser(new ProcessStarter(), TimeProvider.System, ["no-such-browser", "false", "touch"]);

        Assert.True(await browser.OpenAsync(page, Cancellation));
        Assert.True(File.Exists(page));
    }

    [Fact]
    public async Task Open_NoCommandWorks_SaysSo()
    {
        var browser = new Browser(new ProcessStarter(), TimeProvider.System, ["no-such-browser"]);

        Assert.False(await browser.OpenAsync("page", Cancellation));
    }
}
