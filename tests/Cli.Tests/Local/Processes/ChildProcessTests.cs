using System.Diagnostics;
using System.Globalization;
using ServerlessFashion.Cli.Local.Processes;

namespace ServerlessFashion.Cli.Tests.Local.Processes;

/// <summary>Starts shell scripts.</summary>
public sealed class ChildProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitForExit_ChildThatEnds_GivesItsExitCode()
    {
        using var child = Shell("exit 3");

        Assert.Equal(3, await child.WaitForExitAsync(Cancellation));
    }

    [Fact]
    public async Task Terminate_LivingChild_GetsSigterm()
    {
        using var child = Shell("trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep .05; done");
        await child.Output.ReadLineAsync(Cancellation);

        Assert.True(child.Terminate());

        Assert.Equal(5, await child.WaitForExitAsync(Cancellation));
        Assert.Equal("bye\n", await child.Output.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Terminate_ChildThatHasEnded_SignalsNobody()
    {
        using var child = Shell("exit 0");
        await child.WaitForExitAsync(Cancellation);

        Assert.False(child.Terminate());
    }

    [Fact]
    public async Task Kill_StoppedChild_EndsItAndItsDescendants()
    {
        using var child = Shell("sleep 600 & echo $!; kill -STOP $$");
        var line = await child.Output.ReadLineAsync(Cancellation);
        using var descendant = Process.GetProcessById(int.Parse(line!, CultureInfo.InvariantCulture));

        child.Kill();

        Assert.Equal(128 + 9, await child.WaitForExitAsync(Cancellation));
        // The pipe closes when its last writer, the descendant, has ended.
        Assert.Equal("", await child.Output.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public void Start_ProgramThatDoesNotExist_GivesTheMessage()
    {
        var error = Assert.Throws<InvalidInputException>(
            () => ChildProcess.Start(new ProcessStartInfo("no-such-program-here"), "It needs X."));

        Assert.Equal("It needs X.", error.Message);
    }

    [Fact]
    public async Task Run_Program_GivesAllThatItPrinted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The child is a shell script.");
        var start = new ProcessStartInfo("sh", ["-c", "cat; echo out; echo err >&2; exit 4"]);

        var result = await ChildResult.RunAsync(new ProcessStarter(), start, "no shell", TimeProvider.System, Cancellation);

        Assert.Equal(new ChildResult(4, "out\n", "err\n"), result);
    }

    private static ChildProcess Shell(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The child is a shell script.");
        var start = new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return ChildProcess.Start(start, "no shell");
    }
}
