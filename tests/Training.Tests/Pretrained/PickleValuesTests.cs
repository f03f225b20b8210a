namespace ServerlessFashion.Training.Tests;

public class PickleValuesTests
{
    [Theory]
    [InlineData(new long[] { 2, 3, 4 }, 24)]
    [InlineData(new long[] { 7, 0 }, 0)]
    [InlineData(new long[0], 1)]
    public void Count_Shape_IsTheProductOfItsSizes(long[] shape, long expected) =>
        Assert.Equal(expected, new PickleTensor(new PickleStorage("0", "torch.FloatStorage", 24), 0, shape).Count);
}
