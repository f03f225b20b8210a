namespace ServerlessFashion.Hosting;

/// <summary>
/// Keeps traffic to this machine away from proxies. <see cref="HttpClient"/> and the Azure clients obey <c>http_proxy</c> and
/// <c>all_proxy</c> for loopback addresses too, and a proxy cannot reach them.
/// </summary>
internal static class LoopbackProxyBypass
{
    /// <summary>Libraries read the lower-case variable first.</summary>
    private static readonly string[] Variables = ["no_proxy", "NO_PROXY"];

    private static readonly string[] Loopback = ["127.0.0.1", "localhost", "::1"];

    /// <summary>Applies to this process and to its children. Call it before the first request.</summary>
    public static void Apply()
    {
        var before = Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        foreach (var variable in Variables)
        {
            Environment.SetEnvironmentVariable(variable, WithLoopback(before));
        }
    }

    /// <summary>The list of hosts without a proxy, with the loopback addresses added.</summary>
    internal static string WithLoopback(string? hosts)
    {
        var known = (hosts ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join(',', known.Union(Loopback, StringComparer.OrdinalIgnoreCase));
    }
}
