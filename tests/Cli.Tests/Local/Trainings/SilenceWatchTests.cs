using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Cli.Local.Trainings;

namespace ServerlessFashion.Cli.Tests.Local.Trainings;

public sealed class SilenceWatchTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _reports = [];

    [Fact]
    public void Report_LongSilence_ComesAtTwoFourAndEightMinutes()
    {
        using var watch = new SilenceWatch(_time, _reports.Add);

        _time.Advance(TimeSpan.FromMinutes(1.9));
        Assert.Empty(_reports);
        _time.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Equal(["2 min"], _reports);
        _time.Advance(TimeSpan.FromMinutes(1.9));
        Assert.Equal(["2 min"], _reports);
        _time.Advance(TimeSpan.FromMinutes(0.1));
        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(["2 min", "4 min", "8 min"], _reports);
    }

    [Fact]
    public void Report_ProcessThatSpeaks_StartsAgain()
    {
        using var watch = new SilenceWatch(_time, _reports.Add);
        _time.Advance(TimeSpan.FromMinutes(3));

        watch.Touch();
        _time.Advance(TimeSpan.FromMinutes(1.9));
        Assert.Equal(["2 min"], _reports);
        _time.Advance(TimeSpan.FromMinutes(0.1));

        Assert.Equal(["2 min", "2 min"], _reports);
    }

    [Fact]
    public void Report_ProcessThatHasEnded_ComesNoMore()
    {
        new SilenceWatch(_time, _reports.Add).Dispose();

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Empty(_reports);
    }
}
