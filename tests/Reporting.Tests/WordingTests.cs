namespace ServerlessFashion.Reporting.Tests;

public sealed class WordingTests
{
    [Theory]
    [InlineData(0.25, "0.25 s")]
    [InlineData(3.14, "3.1 s")]
    [InlineData(89, "1 min 29 s")]
    [InlineData(220, "3 min 40 s")]
    [InlineData(3843, "1 h 4 min")]
    [InlineData(7200, "2 h")]
    [InlineData(double.NaN, "n/a")]
    public void Duration_Seconds_ReadsAsInTheStudy(double seconds, string expected) => Assert.Equal(expected, Wording.Duration(seconds));

    [Theory]
    [InlineData(0.00001, "p < 0.0001")]
    [InlineData(0.00034, "p = 0.00034")]
    [InlineData(0.0461, "p = 0.046")]
    [InlineData(1, "p = 1.000")]
    public void P_Value_IsRounded(double value, string expected) => Assert.Equal(expected, Wording.P(value));

    [Theory]
    [InlineData(0.9028, "0.9028")]
    [InlineData(1234567.8, "1.2346e+6")]
    [InlineData(double.NaN, "n/a")]
    public void Share_Value_IsThatOfALossOrMissing(double value, string expected) => Assert.Equal(expected, Wording.Share(value));

    [Theory]
    [InlineData(0.0251, "+2.5")]
    [InlineData(-0.074, "−7.4")]
    [InlineData(0, "0.0")]
    [InlineData(double.NegativeInfinity, "n/a")]
    public void Points_Difference_CarriesItsSign(double value, string expected) => Assert.Equal(expected, Wording.Points(value));
}
