using ServerlessFashion.Search;

namespace ServerlessFashion.Domain.Tests.Search;

public class HalvingScheduleTests
{
    /// <summary>By hand: 24 / 3 = 8, 8 / 3 = 2 (rounded down), and 9 / 9 = 1, 9 / 3 = 3.</summary>
    [Fact]
    public void Of_TrialsAndEpochsForThreeRungs_DividesBothByThree() =>
        Assert.Equal([new Rung(24, 1), new Rung(8, 3), new Rung(2, 9)], HalvingSchedule.Of(trials: 24, epochs: 9));

    /// <summary>By hand: a third rung would have 12 / 9 = 1 trial, but its first one 8 / 9 = 0 epochs.</summary>
    [Fact]
    public void Of_FewEpochs_HasOnlyRungsWithAnEpoch() =>
        Assert.Equal([new Rung(12, 2), new Rung(4, 8)], HalvingSchedule.Of(trials: 12, epochs: 8));

    [Theory]
    [InlineData(2, 100)]
    [InlineData(100, 2)]
    [InlineData(1, 1)]
    public void Of_TooFewForAHalving_TrainsEveryTrialToItsEnd(int trials, int epochs) =>
        Assert.Equal([new Rung(trials, epochs)], HalvingSchedule.Of(trials, epochs));
}
