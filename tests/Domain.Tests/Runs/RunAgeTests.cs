using ServerlessFashion.Runs;

namespace ServerlessFashion.Domain.Tests.Runs;

public sealed class RunAgeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("90m", "2026-03-31T10:30:00Z")]
    [InlineData("12h", "2026-03-31T00:00:00Z")]
    [InlineData("30d", "2026-03-01T12:00:00Z")]
    [InlineData("1w", "2026-03-24T12:00:00Z")]
    [InlineData("999999w", "0001-01-01T00:00:00Z")]
    [InlineData("2026-03-02", "2026-03-02T00:00:00Z")]
    [InlineData("2026-03-02T15:30", "2026-03-02T15:30:00Z")]
    [InlineData("2026-03-02T15:30Z", "2026-03-02T15:30:00Z")]
    [InlineData("2026-03-02T15:30:10+02:00", "2026-03-02T13:30:10Z")]
    [InlineData("2026-03-02T15:30:10.25Z", "2026-03-02T15:30:10.25Z")]
    public void ParseTime_AgeOrDate_IsThatTime(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), RunAge.ParseTime("since", text, Noon));

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("7 d")]
    [InlineData("-7d")]
    [InlineData("1d2h")]
    [InlineData("2026-3-2")]
    [InlineData("2026-02-30")]
    [InlineData("02.03.2026")]
    public void ParseTime_OtherText_IsRefused(string text) =>
        Assert.Equal(
            "since: expected a date such as 2026-03-01, a time such as 2026-03-01T12:00Z, or an age such as 7d, "
                + $"found '{text}'.",
            Assert.Throws<InvalidInputException>(() => RunAge.ParseTime("since", text, Noon)).Message);

    [Fact]
    public void Parse_Date_IsRefused() =>
        Assert.Equal(
            "older-than: expected an age such as 90m, 12h, 30d or 4w, found '2026-03-02'.",
            Assert.Throws<InvalidInputException>(() => RunAge.Parse("older-than", "2026-03-02")).Message);
}
