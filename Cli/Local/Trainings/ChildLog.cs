using ServerlessFashion.Hosting.Logs;

namespace ServerlessFashion.Cli.Local.Trainings;

/// <summary>
/// The log records of child processes: a child writes them to its standard error, and this process writes them to its log.
/// </summary>
/// <param name="log">The log of this process; null for none.</param>
internal sealed class ChildLog(LogWriter? log)
{
    /// <summary>Makes a child process write log records of the levels that this process writes.</summary>
    public void Configure(IDictionary<string, string?> environment)
    {
        environment.Remove(LogOptions.Variable);
        log?.Configure(environment);
    }

    /// <summary>Writes a line of a child process if it is a log record.</summary>
    /// <returns>False when it is something else.</returns>
    public bool TryForward(string line) => log?.TryForward(line) == true;
}
