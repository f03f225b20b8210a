using ServerlessFashion.Evaluation;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class TrainingProgressTests
{
    [Theory]
    [InlineData(6, 6, 9, true)]
    [InlineData(9, 9, 9, false)]
    [InlineData(5, 6, 9, false)]
    [InlineData(null, 6, 9, false)]
    [InlineData(6, 6, null, false)]
    public void HasStoppedEarly_CompletedEpoch_IsTheLastOfFewerThanPlanned(int? completed, int total, int? planned, bool expected)
    {
        var epoch = completed is { } number ? new EpochRow(number, "all", 1, 0, 1, 0, 1e-3, 1) : null;

        Assert.Equal(
            expected, new TrainingProgress("m", 1, "training", 6, total, 1, 1, 1, 0, epoch) { PlannedEpochs = planned }.HasStoppedEarly);
    }
}
