using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using ServerlessFashion.Phrases;

namespace ServerlessFashion.Hosting.Logs;

/// <summary>
/// Writes log records as lines: time of day, level, event id, process and message, and for an exception its type and message. The main
/// process also writes the records of its child processes, which it reads from their standard error. Safe from any thread.
/// </summary>
/// <param name="process">Names this process in each line.</param>
/// <param name="writer">Gets the lines.</param>
internal sealed partial class LogWriter(LogOptions options, string process, TextWriter writer, TimeProvider time) : ILoggerProvider
{
    /// <summary>Records of libraries below this level are not written.</summary>
    private const LogLevel LeastOfLibraries = LogLevel.Warning;

    private readonly Lock _gate = new();

    /// <summary>Whether the lines go to standard error, and not to a file.</summary>
    public bool IsOnStandardError => options.File is null;

    /// <summary>Opens the file of the options, or standard error.</summary>
    /// <exception cref="InvalidInputException">The file cannot be written.</exception>
    public static LogWriter Open(LogOptions options, string process)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{process} {Environment.ProcessId}");
        if (options.File is not { } file)
        {
            return new LogWriter(options, name, Console.Error, TimeProvider.System);
        }

        try
        {
            return new LogWriter(options, name, new StreamWriter(file, append: true) { AutoFlush = true }, TimeProvider.System);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException($"{LogOptions.Variable}: the file '{file}' cannot be written ({FileFailure.Reason(e)}).", e);
        }
    }

    /// <summary>Makes a child process write its records to standard error, which this process reads.</summary>
    public void Configure(IDictionary<string, string?> environment) =>
        environment[LogOptions.Variable] = options.Level.ToString().ToLowerInvariant();

    /// <summary>Writes a line of a child process if it is a log record.</summary>
    /// <returns>False when it is something else.</returns>
    public bool TryForward(string line)
    {
        var isRecord = Record().IsMatch(line);
        if (isRecord)
        {
            Write(line);
        }

        return isRecord;
    }

    public ILogger CreateLogger(string categoryName) =>
        new LineLogger(
            this, categoryName.StartsWith(nameof(ServerlessFashion), StringComparison.Ordinal) ? options.Level : LeastOf(options.Level));

    /// <summary>Standard error stays open; the process ends with its file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            writer.Flush();
        }
    }

    private static LogLevel LeastOf(LogLevel level) => level < LeastOfLibraries ? LeastOfLibraries : level;

    private void Write(string line)
    {
        lock (_gate)
        {
            writer.WriteLine(line);
        }
    }

    private void Write(LogLevel level, EventId id, string message, Exception? exception)
    {
        var cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
        Write(string.Create(CultureInfo.InvariantCulture,
            $"{time.GetLocalNow():HH:mm:ss.fff} {level.ToString().ToLowerInvariant(),-11} {id.Id,3} [{process}] {message}{cause}")
            .ReplaceLineEndings(" "));
    }

    [GeneratedRegex(@"^\d\d:\d\d:\d\d\.\d\d\d (trace|debug|information|warning|error|critical) +\d+ \[", RegexOptions.CultureInvariant)]
    private static partial Regex Record();

    private sealed class LineLogger(LogWriter owner, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                owner.Write(logLevel, eventId, formatter(state, exception), exception);
            }
        }
    }
}
