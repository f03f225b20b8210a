namespace ServerlessFashion.Application;

/// <summary>Gives the reports of runs, from the storage of this process or from a server.</summary>
public interface IReportService
{
    /// <summary>Checks that every run has results to report on.</summary>
    /// <param name="runs">Texts that name runs, see <see cref="RunReferences"/>.</param>
    /// <exception cref="RefusedException">A text names no run, or more than one.</exception>
    /// <exception cref="InvalidInputException">A run was not compared yet.</exception>
    Task<RunReports> ReadAsync(IReadOnlyList<string> runs, CancellationToken cancellation);
}
