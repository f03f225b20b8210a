using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class RunRecordTests
{
    [Theory]
    [InlineData(RunStatus.Pending, false)]
    [InlineData(RunStatus.Running, false)]
    [InlineData(RunStatus.Completed, true)]
    [InlineData(RunStatus.Failed, true)]
    [InlineData(RunStatus.Cancelled, true)]
    public void IsFinished_Status_IsTrueAtAnEnd(RunStatus status, bool finished)
    {
        var run = RunRecord.Of("r", status, DateTimeOffset.UnixEpoch, Presets.Configure(new ComparisonOptions(), _ => 1).Configuration);

        Assert.Equal(finished, run.IsFinished);
    }
}
