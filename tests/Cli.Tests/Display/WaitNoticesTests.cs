using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Cli.Display;

namespace ServerlessFashion.Cli.Tests.Display;

public sealed class WaitNoticesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _said = [];

    [Fact]
    public void Begin_LongWait_IsSaidOnceAfterTwoSeconds()
    {
        using var wait = new WaitNotices(_said.Add, _time).Begin("the emulator to answer");

        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Empty(_said);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(["waiting for the emulator to answer"], _said);
    }

    [Fact]
    public void Begin_ShortWait_IsNotSaid()
    {
        new WaitNotices(_said.Add, _time).Begin("the emulator to answer").Dispose();
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Empty(_said);
    }
}
