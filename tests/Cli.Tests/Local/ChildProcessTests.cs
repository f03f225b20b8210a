using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Cli.Local;

namespace ServerlessFashion.Cli.Tests.Local;

public sealed class ChildProcessTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task WaitAsync_ChildThatEndsByItself_GivesItsExitCodeAndAsksNothing()
    {
        using var child = Shell("exit 3");

        var code = await child.WaitAsync(_ => Assert.Fail("asked"), Long, TestContext.Current.CancellationToken);

        Assert.Equal(3, code);
    }

    [Fact]
    public async Task WaitAsync_CancelledChildThatEndsWhenAsked_IsNotKilled()
    {
        using var child = Shell("read line; echo bye; exit 5");

        var code = await child.WaitAsync(process => process.Input.Close(), Long, new CancellationToken(canceled: true));

        Assert.Equal(5, code);
        Assert.Equal("bye\n", await child.Output.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WaitAsync_CancelledChildThatIgnoresIt_IsKilledWithItsDescendants()
    {
        using var child = Shell("trap '' TERM; sleep 600 & echo $!; wait");
        var line = await child.Output.ReadLineAsync(TestContext.Current.CancellationToken);
        using var descendant = Process.GetProcessById(int.Parse(line!, CultureInfo.InvariantCulture));

        var code = await child.WaitAsync(process => UnixSignal.Terminate(process.Id), TimeSpan.Zero, new CancellationToken(canceled: true));

        Assert.Equal(128 + 9, code);

        // The pipe closes when its last writer, the descendant, has ended.
        Assert.Equal("", await child.Output.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Start_ProgramThatDoesNotExist_GivesTheMessage()
    {
        var error = Assert.Throws<InvalidInputException>(
            () => ChildProcess.Start(new ProcessStartInfo("no-such-program-here"), "It needs X."));

        Assert.Equal("It needs X.", error.Message);
    }

    private static ChildProcess Shell(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The child is a shell script.");
        var start = new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return ChildProcess.Start(start, "no shell");
    }
}
