namespace ServerlessFashion.Cli.Pages;

/// <summary>Where people look at a run: in a report on this machine, or in the dashboard of a server.</summary>
internal interface IRunPages
{
    /// <summary>The path of a file or the address of a page that shows a run.</summary>
    /// <param name="run">A text that names a run; null for the newest run, or for the list of a dashboard.</param>
    Task<string> GetAsync(string? run, CancellationToken cancellation);
}
