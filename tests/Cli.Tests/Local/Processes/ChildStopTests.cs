using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Cli.Local.Processes;

namespace ServerlessFashion.Cli.Tests.Local.Processes;

public sealed class ChildStopTests
{
    private static readonly ChildStop Stop =
        new(child => child.Input.Close(), AskGrace: TimeSpan.FromSeconds(60), TerminateGrace: TimeSpan.FromSeconds(10));

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationToken _cancelled = new(canceled: true);

    [Fact]
    public async Task Wait_ChildThatEndsByItself_DoesNothingToIt()
    {
        var child = new FakeChild();
        child.Exit(3);

        var exit = await Stop.WaitAsync(child, _time, CancellationToken.None);

        Assert.Equal(new ChildExit(3, WasKilled: false), exit);
        Assert.Empty(child.Events);
    }

    [Fact]
    public async Task Wait_ChildThatEndsWhenAsked_GetsNoSignal()
    {
        var child = new FakeChild { EndsOn = { "input closed" } };

        var exit = await Stop.WaitAsync(child, _time, _cancelled);

        Assert.False(exit.WasKilled);
        Assert.Equal(["input closed"], child.Events);
    }

    [Fact]
    public async Task Wait_ChildThatIgnoresTheRequest_GetsSigtermAfterTheGrace()
    {
        var child = new FakeChild { EndsOn = { "terminated" } };
        var stopping = Stop.WaitAsync(child, _time, _cancelled);
        await child.WaitedForAsync();
        await child.WaitedForAsync();

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(["input closed"], child.Events);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new ChildExit(143, WasKilled: true), await stopping);
        Assert.Equal(["input closed", "terminated"], child.Events);
    }

    /// <summary>As a child that was stopped with SIGSTOP.</summary>
    [Fact]
    public async Task Wait_ChildThatIgnoresAll_IsKilledAfterBothGraces()
    {
        var child = new FakeChild();
        var stopping = Stop.WaitAsync(child, _time, _cancelled);
        await child.WaitedForAsync();
        await child.WaitedForAsync();
        _time.Advance(TimeSpan.FromSeconds(60));
        await child.WaitedForAsync();

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new ChildExit(137, WasKilled: true), await stopping);
        Assert.Equal(["input closed", "terminated", "killed"], child.Events);
    }

    [Fact]
    public async Task Wait_SystemWithoutSignals_KillsAfterTheFirstGrace()
    {
        var child = new FakeChild { HasSignals = false };
        var stopping = Stop.WaitAsync(child, _time, _cancelled);
        await child.WaitedForAsync();
        await child.WaitedForAsync();

        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.True((await stopping).WasKilled);
        Assert.Equal(["input closed", "killed"], child.Events);
    }

    [Fact]
    public async Task Wait_StopBySignal_AsksWithSigterm()
    {
        var child = new FakeChild { EndsOn = { "terminated" } };

        var exit = await ChildStop.BySignal(TimeSpan.FromMinutes(1)).WaitAsync(child, _time, _cancelled);

        Assert.Equal(new ChildExit(143, WasKilled: false), exit);
        Assert.Equal(["terminated"], child.Events);
    }
}
