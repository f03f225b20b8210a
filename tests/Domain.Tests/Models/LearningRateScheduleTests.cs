using ServerlessFashion.Models;

namespace ServerlessFashion.Domain.Tests.Models;

public class LearningRateScheduleTests
{
    // By hand: the warm-up is a straight line; cos(pi/3) = 1/2 and cos(2 pi/3) = -1/2 give 3/4 and 1/4 of the descent.
    [Theory]
    [InlineData(0, .1)]
    [InlineData(.1, .55)]
    [InlineData(.25, 1)]
    [InlineData(.5, .775)]
    [InlineData(.75, .325)]
    [InlineData(1, .1)]
    public void Factor_WarmUpAndCosine_FollowsBothFormulas(double progress, double expected)
    {
        var schedule = new LearningRateSchedule(WarmUpShare: progress < .2 ? .2 : .25, StartFactor: .1, EndFactor: .1);

        Assert.Equal(expected, schedule.Factor(progress), 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(.37)]
    [InlineData(1)]
    public void Factor_Constant_IsExactlyOne(double progress) => Assert.Equal(1.0, LearningRateSchedule.Constant.Factor(progress));

    [Fact]
    public void Factor_OneCycle_StartsAtATenthPeaksAtOneAndEndsAtZero() => Assert.Equal(
        [.1, 1, 0], new[] { 0, .2, 1 }.Select(progress => Math.Round(LearningRateSchedule.OneCycle.Factor(progress), 12)));
}
