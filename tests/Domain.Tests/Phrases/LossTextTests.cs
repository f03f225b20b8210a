using ServerlessFashion.Phrases;

namespace ServerlessFashion.Domain.Tests.Phrases;

public class LossTextTests
{
    [Theory]
    [InlineData(0.25576, "0.2558")]
    [InlineData(99_999, "99999.0000")]
    [InlineData(2e28, "2.0000e+28")]
    [InlineData(double.NaN, "NaN")]
    public void Of_Value_HasFourDecimalsAndNoLongRowOfDigits(double value, string expected) =>
        Assert.Equal(expected, LossText.Of(value));
}
