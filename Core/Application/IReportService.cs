namespace ServerlessFashion.Application;

/// <summary>Gives the reports of runs, from the storage of this process or from a server.</summary>
public interface IReportService
{
    /// <summary>Checks that every run has results to report on.</summary>
    /// <exception cref="RefusedException">There is no such run.</exception>
    /// <exception cref="InvalidInputException">A run was not compared yet.</exception>
    Task<RunReports> ReadAsync(IReadOnlyList<string> runIds, CancellationToken cancellation);
}
