using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Application.Tests;

/// <summary>Expected times are worked out by hand.</summary>
public sealed class RemainingTimeTests
{
    [Fact]
    public void Of_SomeEpochsDone_TakesTheMeanOfTheLastThree()
    {
        var training = Work(cost: 1, epochs: 10, 100, 1, 2, 3);

        // Six epochs of 2 s.
        Assert.Equal(12, RemainingTime.Of(training, [training]));
    }

    [Fact]
    public void Of_NoEpochYet_TakesThePaceOfTheOthersForItsCost()
    {
        var running = Work(cost: 100, epochs: 4, 5, 5);
        var waiting = Work(cost: 300, epochs: 2);

        // Cost 50 took 10 s, so cost 300 takes 60 s.
        Assert.Equal(60, RemainingTime.Of(waiting, [running, waiting]));
    }

    [Fact]
    public void Of_NoEpochAnywhere_IsUnknown()
    {
        var waiting = Work(cost: 300, epochs: 2);

        Assert.Null(RemainingTime.Of(waiting, [waiting]));
    }

    [Fact]
    public void OfAll_TwoAtOnce_SharesTheWork()
    {
        // Two trainings were busy for 20 s each in 20 s: two at once. 40 s and 40 s are left.
        var all = new[] { Work(1, 6, 10, 10), Work(1, 6, 10, 10) };

        Assert.Equal(40, RemainingTime.OfAll(all, all, elapsed: 20));
    }

    [Fact]
    public void OfAll_OneIsLongest_TakesAtLeastThatLong()
    {
        var all = new[] { Work(1, 10, 10, 10), Work(1, 3, 10, 10) };

        // 80 s and 10 s by two at once would be 45 s, but the first alone needs 80 s.
        Assert.Equal(80, RemainingTime.OfAll(all, all, elapsed: 20));
    }

    [Fact]
    public void OfAll_NothingLeft_IsNull() => Assert.Null(RemainingTime.OfAll([], [], elapsed: 20));

    private static TrainingWork Work(double cost, int epochs, params double[] seconds) =>
        new(cost, epochs, [.. seconds.Select((time, i) => new EpochRow(i + 1, "training", 0, 0, 0, 0, 0, time))]);
}
