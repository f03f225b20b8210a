using ServerlessFashion.Reporting.Charts;

namespace ServerlessFashion.Reporting.Tests.Charts;

public sealed class AxisTests
{
    [Fact]
    public void Linear_Accuracies_HasRoundTicksAroundThem()
    {
        var axis = Axis.Linear("Accuracy", [0.713, 0.902], 0, 1);

        Assert.Equal(["0.70", "0.75", "0.80", "0.85", "0.90", "0.95"], axis.Ticks.Select(tick => tick.Label));
        Assert.Equal((0.7, 0.95), (Math.Round(axis.Low, 9), Math.Round(axis.High, 9)));
    }

    [Fact]
    public void Linear_Limits_AreKept() =>
        Assert.Equal((0, 1), (Axis.Linear("", [0.02, 0.99], 0, 1).Low, Axis.Linear("", [0.02, 0.99], 0, 1).High));

    [Theory]
    [InlineData(0.5, 0.5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(double.NaN, double.PositiveInfinity, "-0.6 -0.4 -0.2 0.0 0.2 0.4 0.6")]
    public void Linear_NothingToSpan_HasOneUnitAroundTheValue(double a, double b, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Axis.Linear("", [a, b]).Ticks.Select(tick => tick.Label)));

    [Theory]
    [InlineData(0, 2e28, "0 5e+27 1e+28 1.5e+28 2e+28")]
    [InlineData(-2e6, 2e6, "-2e+6 -1e+6 0 1e+6 2e+6")]
    [InlineData(0, 100_000, "0 20000 40000 60000 80000 100000")]
    public void Linear_LongNumbers_HaveExponents(double low, double high, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Axis.Linear("", [low, high]).Ticks.Select(tick => tick.Label)));

    [Theory]
    [InlineData(1, "1")]
    [InlineData(5, "1 2 3 4 5")]
    [InlineData(50, "1 10 20 30 40 50")]
    [InlineData(400, "1 100 200 300 400")]
    public void Epochs_Count_AreWholeNumbersFromOne(int epochs, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Axis.Epochs(epochs).Ticks.Select(tick => tick.Label)));

    [Fact]
    public void Logarithm_Position_IsEvenInPowersOfTen()
    {
        var axis = new Axis("", 10, 1000, [], Logarithmic: true);

        Assert.Equal((0, 0.5, 1), (axis.Position(10), axis.Position(100), axis.Position(1000)));
    }

    [Fact]
    public void Durations_SecondsToMinutes_AreRoundTimes() =>
        Assert.Equal(["20 s", "2 min", "10 min"], Axis.Durations("", [29, 905]).Ticks.Select(tick => tick.Label));
}
