using Microsoft.Extensions.Logging;
using ServerlessFashion.Hosting.Logs;
using ServerlessFashion.Settings;

namespace ServerlessFashion.Cli.Tests.Hosting.Logs;

public sealed class LogOptionsTests
{
    [Theory]
    [InlineData("debug", LogLevel.Debug, null)]
    [InlineData("Warning", LogLevel.Warning, null)]
    [InlineData("trace:run.log", LogLevel.Trace, "run.log")]
    [InlineData(@"error:C:\run.log", LogLevel.Error, @"C:\run.log")]
    public void Read_Level_MayNameAFile(string text, LogLevel level, string? file) => Assert.Equal(new LogOptions(level, file), Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Read_Nothing_AsksForNoLog(string? text) => Assert.Null(Read(text));

    [Theory]
    [InlineData("verbose")]
    [InlineData("1")]
    [InlineData("debug:")]
    [InlineData("run.log")]
    public void Read_SomethingElse_NamesTheSettingAndWhatWasExpected(string text) => Assert.Equal(
        "FASHION_LOG: expected trace, debug, information, warning or error, which a colon and a file may follow, as in "
        + $"debug:fashion.log, found '{text}'.",
        Assert.Throws<InvalidInputException>(() => Read(text)).Message);

    private static LogOptions? Read(string? text) => LogOptions.Read(new SettingSource(_ => text));
}
