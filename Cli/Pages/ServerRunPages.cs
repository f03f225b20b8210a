using ServerlessFashion.Application;
using ServerlessFashion.Client;

namespace ServerlessFashion.Cli.Pages;

/// <summary>The dashboard of a server.</summary>
internal sealed class ServerRunPages(IComparisonService comparisons, ServerOptions server) : IRunPages
{
    public async Task<RunPage> GetAsync(string? run, CancellationToken cancellation)
    {
        var place = run is null
            ? ""
            : $"#/run/{Uri.EscapeDataString((await comparisons.GetStatusAsync(run, cancellation)).Run.Id)}";
        return new RunPage($"{server.Url}/dashboard{place}", server.DashboardForBrowsers + place);
    }
}
