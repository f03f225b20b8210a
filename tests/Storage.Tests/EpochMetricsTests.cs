using ServerlessFashion.Evaluation;
using ServerlessFashion.Tests;

namespace ServerlessFashion.Storage.Tests;

public class EpochMetricsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static EpochRow Row(int epoch) => new(epoch, "all", .5 / epoch, .1 * epoch, double.NaN, 1, .001, 2.5);

    [Fact]
    public async Task List_RowsOfSeveralTrainings_GivesThoseOfOneInOrder()
    {
        var metrics = new EpochMetrics(await azurite.NewStorageAsync());
        foreach (var epoch in new[] { 10, 9, 2, 1 })
        {
            await metrics.PutAsync("run", new EpochMetric("model1", 1, Row(epoch)), Cancellation);
            await metrics.PutAsync("run", new EpochMetric("model1", 2, Row(100 + epoch)), Cancellation);
            await metrics.PutAsync("run", new EpochMetric("model10", 1, Row(200 + epoch)), Cancellation);
        }

        Assert.Equal([Row(1), Row(2), Row(9), Row(10)], await metrics.ListAsync("run", "model1", 1, 0, Cancellation));
        Assert.Equal([Row(9), Row(10)], await metrics.ListAsync("run", "model1", 1, after: 2, Cancellation));
        Assert.Empty(await metrics.ListAsync("other", "model1", 1, 0, Cancellation));
    }

    [Fact]
    public async Task Put_TheSameEpochAgain_ReplacesIt()
    {
        var metrics = new EpochMetrics(await azurite.NewStorageAsync());
        await metrics.PutAsync("run", new EpochMetric("model1", 1, Row(1)), Cancellation);
        await metrics.PutAsync("run", new EpochMetric("model1", 1, Row(1) with { Seconds = 9 }), Cancellation);

        Assert.Equal(9, Assert.Single(await metrics.ListAsync("run", "model1", 1, 0, Cancellation)).Seconds);
    }

    [Fact]
    public async Task Put_AgainWithoutTheUseOfTheMachine_KeepsIt()
    {
        var metrics = new EpochMetrics(await azurite.NewStorageAsync());
        var use = new ResourceUse(4.5, 3_000_000_000, new GpuUse(.5, 4_000_000_000));
        await metrics.PutAsync("run", new EpochMetric("model1", 1, Row(1) with { Use = use }), Cancellation);
        await metrics.PutAsync("run", new EpochMetric("model1", 1, Row(1)), Cancellation);

        Assert.Equal(use, Assert.Single(await metrics.ListAsync("run", "model1", 1, 0, Cancellation)).Use);
    }

    [Theory]
    [InlineData(null, 4_000_000_000L)]
    [InlineData(.5, null)]
    public async Task Put_DriverToldOneFigureOfTheGpu_KeepsIt(double? busy, long? memory)
    {
        var metrics = new EpochMetrics(await azurite.NewStorageAsync());
        var use = new ResourceUse(4.5, 3_000_000_000, new GpuUse(busy, memory));
        await metrics.PutAsync("run", new EpochMetric("model1", 1, Row(1) with { Use = use }), Cancellation);

        Assert.Equal(use, Assert.Single(await metrics.ListAsync("run", "model1", 1, 0, Cancellation)).Use);
    }
}
