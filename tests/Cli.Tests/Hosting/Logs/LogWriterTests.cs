using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ServerlessFashion.Hosting.Logs;

namespace ServerlessFashion.Cli.Tests.Hosting.Logs;

public sealed class LogWriterTests : IDisposable
{
    private readonly StringWriter _lines = new() { NewLine = "\n" };
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 9, 5, 7, 250, TimeSpan.Zero));

    public void Dispose() => _lines.Dispose();

    [Fact]
    public void Log_RecordWithAnException_IsOneLineWithEverything()
    {
        var log = Writer(LogLevel.Debug).CreateLogger("ServerlessFashion.Storage.RunStore");

        log.Log(LogLevel.Warning, new EventId(12), "Step failed", new IOException("two\nlines"), (text, _) => text);

        Assert.Equal("09:05:07.250 warning      12 [TrainSlice 4711] Step failed (IOException: two lines)\n", _lines.ToString());
    }

    [Theory]
    [InlineData("ServerlessFashion.Pipeline", LogLevel.Information, true)]
    [InlineData("ServerlessFashion.Pipeline", LogLevel.Debug, false)]
    [InlineData("Microsoft.AspNetCore", LogLevel.Information, false)]
    [InlineData("Microsoft.AspNetCore", LogLevel.Warning, true)]
    public void IsEnabled_LevelOfACategory_KeepsLibrariesQuiet(string category, LogLevel level, bool expected) =>
        Assert.Equal(expected, Writer(LogLevel.Information).CreateLogger(category).IsEnabled(level));

    [Fact]
    public void TryForward_RecordOfAChildProcess_IsWrittenAsItIs()
    {
        const string record = "09:05:07.250 information 100 [TrainSlice 4711] model1 seed 1: epoch 1 of 2";

        Assert.True(Writer(LogLevel.Error).TryForward(record));
        Assert.Equal(record + "\n", _lines.ToString());
    }

    [Theory]
    [InlineData("Unhandled exception. System.OutOfMemoryException")]
    [InlineData("09:05 warning: something else")]
    public void TryForward_OtherLine_IsLeftToItsReader(string line)
    {
        Assert.False(Writer(LogLevel.Trace).TryForward(line));
        Assert.Equal("", _lines.ToString());
    }

    [Fact]
    public void Open_FileThatCannotBeWritten_NamesTheSettingAndTheFile()
    {
        var folder = Path.GetTempPath();

        var error = Assert.Throws<InvalidInputException>(() => LogWriter.Open(new LogOptions(LogLevel.Debug, folder), "fashion"));

        Assert.StartsWith($"FASHION_LOG: the file '{folder}' cannot be written", error.Message, StringComparison.Ordinal);
    }

    private LogWriter Writer(LogLevel level) => new(new LogOptions(level, null), "TrainSlice 4711", _lines, _time);
}
