using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Storage.Requests;

namespace ServerlessFashion.Storage.Tests.Requests;

public class StorageWaitsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _notices = [];
    private readonly StorageWaits _waits;

    public StorageWaitsTests() => _waits = new StorageWaits(_time, notices: new Notices(_notices));

    [Fact]
    public void Request_AnsweredInLessThanTwoSeconds_SaysNothing()
    {
        using (new StorageWaits.Request(_waits, "a:1"))
        {
            _time.Advance(TimeSpan.FromSeconds(1.9));
        }

        Assert.Empty(_notices);
    }

    [Fact]
    public void Request_FailsForTwoSeconds_SaysWhatIsAwaitedAndThatItIsOver()
    {
        using (var request = new StorageWaits.Request(_waits, "a:1"))
        {
            request.Failure = "Connection refused";
            _time.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal(["waiting for storage at a:1 for 2 s: Connection refused"], _notices);
            _time.Advance(TimeSpan.FromSeconds(3));
            request.Failure = null;
        }

        Assert.Equal("storage at a:1 answers again after 5 s", _notices[^1]);
        Assert.Equal(2, _notices.Count);
    }

    [Fact]
    public void Requests_SeveralAtOnce_AreReportedOnceInThirtySeconds()
    {
        using var first = new StorageWaits.Request(_waits, "a:1");
        using var second = new StorageWaits.Request(_waits, "a:1");

        for (var seconds = 0; seconds < 33; seconds++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["waiting for storage at a:1 for 2 s: no answer yet", "waiting for storage at a:1 for 32 s: no answer yet"], _notices);
    }

    /// <summary>A command that gives up says so itself.</summary>
    [Fact]
    public void Request_EndsWithAFailure_DoesNotClaimThatStorageAnswers()
    {
        using (var request = new StorageWaits.Request(_waits, "a:1"))
        {
            request.Failure = "Connection refused";
            _time.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Single(_notices);
    }

    private sealed class Notices(List<string> texts) : IProgress<StorageNotice>
    {
        public void Report(StorageNotice value) => texts.Add(value.Text);
    }
}
