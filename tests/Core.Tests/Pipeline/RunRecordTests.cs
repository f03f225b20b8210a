using ServerlessFashion.Pipeline;

namespace ServerlessFashion.Core.Tests.Pipeline;

public class RunRecordTests
{
    /// <summary>Rows: from; columns: pending, running, completed, failed, cancelled.</summary>
    [Theory]
    [InlineData(RunStatus.Pending, "xx.xx")]
    [InlineData(RunStatus.Running, ".xxxx")]
    [InlineData(RunStatus.Completed, "..x..")]
    [InlineData(RunStatus.Failed, ".x.x.")]
    [InlineData(RunStatus.Cancelled, ".x..x")]
    public void IsValid_EveryPair_FollowsTheTable(RunStatus from, string allowed)
    {
        var actual = string.Concat(Enum.GetValues<RunStatus>().Select(to => RunStatusTransitions.IsValid(from, to) ? 'x' : '.'));

        Assert.Equal(allowed, actual);
    }
}
