using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Client.Requests;

namespace ServerlessFashion.Client.Tests.Requests;

public sealed class ServerWaitsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _notices = [];
    private readonly ServerWaits _waits;

    public ServerWaitsTests() => _waits = new ServerWaits("https://fashion.test/api", _time, new Notices(_notices));

    [Fact]
    public void Wait_AnsweredInLessThanTwoSeconds_SaysNothing()
    {
        using (var wait = _waits.Begin())
        {
            _time.Advance(TimeSpan.FromSeconds(1.9));
            wait.Answer();
        }

        Advance(60);
        Assert.Empty(_notices);
    }

    [Fact]
    public void Wait_SlowAnswer_TellsItsTwoPartsApart()
    {
        using var wait = _waits.Begin();

        Advance(3);
        wait.Answer();
        Advance(30);

        Assert.Equal(
            [
                "waiting for https://fashion.test/api for 2 s: no answer yet",
                "waiting for https://fashion.test/api for 32 s: its answer is not complete yet",
            ],
            _notices);
    }

    [Fact]
    public void Wait_ServerThatIsAwayForSeveralRequests_CountsFromTheFirst()
    {
        using (var first = _waits.Begin())
        {
            first.Fail("it cannot be reached");
            Advance(25);
        }

        using (var second = _waits.Begin())
        {
            second.Fail("status 503, Busy");
            Advance(10);
            second.Answer();
        }

        Assert.Equal(
            [
                "waiting for https://fashion.test/api for 2 s: it cannot be reached",
                "waiting for https://fashion.test/api for 33 s: status 503, Busy",
                "https://fashion.test/api answers again after 35 s",
            ],
            _notices);
    }

    [Fact]
    public void Waits_SeveralAtOnce_AreReportedOnceInThirtySeconds()
    {
        using var first = _waits.Begin();
        using var second = _waits.Begin();

        Advance(29);

        Assert.Single(_notices);
    }

    [Fact]
    public void Wait_ThatHasEnded_SaysNothingMore()
    {
        _waits.Begin().Dispose();

        Advance(60);

        Assert.Empty(_notices);
    }

    private void Advance(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private sealed class Notices(List<string> texts) : IProgress<ServerNotice>
    {
        public void Report(ServerNotice value) => texts.Add(value.Text);
    }
}
