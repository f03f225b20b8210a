using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Comparisons;

/// <summary>Where <c>compare</c> carries out a run: on this machine or at a server.</summary>
internal interface IComparisonTarget
{
    /// <summary>Creates a run.</summary>
    /// <returns>The id of the run.</returns>
    Task<string> StartAsync(ComparisonOptions options, CancellationToken cancellation);

    /// <summary>Continues a run. A run in which nothing is left to do does not change.</summary>
    /// <returns>The id of the run.</returns>
    Task<string> ResumeAsync(string id, CancellationToken cancellation);

    /// <summary>
    /// Shows a run until it ends. A cancellation stops a run on this machine. It leaves a run at a server alone; the status of the outcome
    /// is then that of an unfinished run.
    /// </summary>
    Task<ComparisonOutcome> WatchAsync(string id, CancellationToken cancellation);

    /// <summary>Writes the stored report of a run into a folder, which is created.</summary>
    Task DownloadReportAsync(string id, string folder, CancellationToken cancellation);

    /// <summary>One sentence with the cause of an interruption that another attempt can survive; null for any other failure.</summary>
    string? DescribeInterruption(Exception exception);
}
