using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class StepRecordsTests
{
    [Theory]
    [InlineData(4, 5, false)]
    [InlineData(5, 5, true)]
    public void Finished_Epochs_IsTrueAtTheLastOne(int epoch, int total, bool expected) =>
        Assert.Equal(expected, new TrainSliceResult(epoch, total, Cancelled: false).Finished);
}
