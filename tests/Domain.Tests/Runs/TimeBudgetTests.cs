using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public class TimeBudgetTests
{
    [Theory]
    [InlineData("30m", 1800)]
    [InlineData("1h30m", 5400)]
    [InlineData("90s", 90)]
    [InlineData("2h5s", 7205)]
    [InlineData("168h", 604800)]
    public void Parse_HoursMinutesSeconds_AddsThem(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeBudget.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("0m")]
    [InlineData("-5m")]
    [InlineData("5m1h")]
    [InlineData("1.5h")]
    [InlineData("168h1s")]
    [InlineData("9999999h")]
    public void Parse_AnythingElse_NamesTheBudget(string text)
    {
        var refused = Assert.Throws<InvalidInputException>(() => TimeBudget.Parse(text));

        Assert.Equal($"budget: '{text}' is not a time of up to seven days such as 30m, 1h30m or 90s.", refused.Message);
    }

    [Theory]
    [InlineData(1800, "30m")]
    [InlineData(5400, "1h30m")]
    [InlineData(90, "1m30s")]
    [InlineData(604800, "168h")]
    [InlineData(0, "0s")]
    public void Format_ATime_IsShort(int seconds, string text) => Assert.Equal(text, TimeBudget.Format(TimeSpan.FromSeconds(seconds)));
}
