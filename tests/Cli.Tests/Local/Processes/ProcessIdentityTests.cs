using System.Diagnostics;
using ServerlessFashion.Cli.Local.Processes;

namespace ServerlessFashion.Cli.Tests.Local.Processes;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void IsAlive_ThisProcess_IsAlive() => Assert.True(ProcessIdentity.Find(Environment.ProcessId)!.IsAlive());

    /// <summary>The id was used again.</summary>
    [Fact]
    public void IsAlive_SameIdWithAnotherStart_IsNot() => Assert.False(new ProcessIdentity(Environment.ProcessId, "1").IsAlive());

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void Find_IdOfNoProcess_IsNull(int id) => Assert.Null(ProcessIdentity.Find(id));

    [Fact]
    public async Task IsAlive_ProcessThatHasEnded_IsNot()
    {
        using var child = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        var identity = ProcessIdentity.Find(child.Id);

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.False(identity?.IsAlive() ?? false);
    }
}
