namespace ServerlessFashion.Application;

/// <summary>Gives the reports of runs, from the storage of this process or from a server.</summary>
public interface IReportService
{
    /// <summary>Checks that every run has results to report on.</summary>
    /// <param name="runs">Texts that name runs, see <see cref="RunReferences"/>.</param>
    /// <exception cref="RefusedException">A text names no run, or more than one.</exception>
    /// <exception cref="InvalidInputException">A run was not compared yet.</exception>
    Task<IRunReports> ReadAsync(IReadOnlyList<string> runs, CancellationToken cancellation);
}

/// <summary>The results of runs, ready to be written as reports.</summary>
public interface IRunReports
{
    /// <summary>The runs, in the order in which they were named.</summary>
    IReadOnlyList<string> RunIds { get; }

    /// <summary>Writes the report of one run, or one report with all models of several runs, into a folder.</summary>
    /// <returns>The number of files.</returns>
    Task<int> WriteAsync(string folder, CancellationToken cancellation);

    /// <summary>Writes the runs with their reports and models as runs of MLflow into a folder, its tracking store.</summary>
    /// <returns>The number of files.</returns>
    Task<int> WriteMlflowAsync(string store, CancellationToken cancellation);
}
