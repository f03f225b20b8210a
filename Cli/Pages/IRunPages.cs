namespace ServerlessFashion.Cli.Pages;

/// <summary>A page that shows a run.</summary>
/// <param name="Text">The path of a file or the address of a page, for people. It contains no key.</param>
/// <param name="Target">The same for a browser. It may contain a key, so nothing prints it.</param>
internal sealed record RunPage(string Text, string Target)
{
    /// <summary>Whether the page needs a key that <see cref="Text"/> lacks.</summary>
    public bool NeedsKey => Target != Text;

    /// <summary>A record would print the target.</summary>
    public override string ToString() => Text;
}

/// <summary>Where people look at a run: in a report on this machine, or in the dashboard of a server.</summary>
internal interface IRunPages
{
    /// <summary>The page that shows a run.</summary>
    /// <param name="run">A text that names a run; null for the newest run, or for the list of a dashboard.</param>
    Task<RunPage> GetAsync(string? run, CancellationToken cancellation);
}
