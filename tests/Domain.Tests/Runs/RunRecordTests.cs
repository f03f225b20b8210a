using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class RunRecordTests
{
    /// <summary>The statuses are the contract of the HTTP API.</summary>
    [Theory]
    [InlineData(RunStatus.Pending, "pending", false)]
    [InlineData(RunStatus.Running, "running", false)]
    [InlineData(RunStatus.Completed, "completed", true)]
    [InlineData(RunStatus.Failed, "failed", true)]
    [InlineData(RunStatus.Cancelled, "cancelled", true)]
    public void IsFinished_Status_IsTrueAtAnEnd(RunStatus status, string text, bool finished)
    {
        var run = new RunRecord
        {
            Id = "r", Status = status, CreatedAt = DateTimeOffset.UnixEpoch, Configuration = Presets.Configure(new ComparisonOptions(), _ => 1),
        };

        Assert.Equal((finished, text), (run.IsFinished, run.Status.Describe()));
    }
}
