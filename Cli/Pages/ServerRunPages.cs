using ServerlessFashion.Application;
using ServerlessFashion.Client;

namespace ServerlessFashion.Cli.Pages;

/// <summary>The dashboard of a server.</summary>
internal sealed class ServerRunPages(IComparisonService comparisons, ServerOptions server) : IRunPages
{
    public async Task<string> GetAsync(string? run, CancellationToken cancellation)
    {
        var dashboard = new Uri(server.Address, "dashboard").AbsoluteUri;
        return run is null
            ? dashboard
            : $"{dashboard}#/run/{Uri.EscapeDataString((await comparisons.GetStatusAsync(run, cancellation)).Run.Id)}";
    }
}
