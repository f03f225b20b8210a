using ServerlessFashion.Evaluation;

namespace ServerlessFashion.Domain.Tests.Evaluation;

public sealed class QuantileTests
{
    /// <summary>R: quantile(1:10, level); type 7 is its default.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(.25, 3.25)]
    [InlineData(.5, 5.5)]
    [InlineData(.75, 7.75)]
    [InlineData(1, 10)]
    public void Interpolated_OneToTen_IsTypeSeven(double level, double expected) =>
        Assert.Equal(expected, Quantile.Interpolated([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], level));

    /// <summary>NumPy: quantile(range(1, 11), level, method="lower").</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(.25, 3)]
    [InlineData(.5, 5)]
    [InlineData(.95, 9)]
    [InlineData(1, 10)]
    public void Lower_OneToTen_IsAValueOfTheList(double level, double expected) =>
        Assert.Equal(expected, Quantile.Lower([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], level));

    [Theory]
    [InlineData(0)]
    [InlineData(.4)]
    [InlineData(1)]
    public void Both_OneValue_GiveIt(double level) => Assert.Equal((7, 7), (Quantile.Interpolated([7], level), Quantile.Lower([7], level)));
}
