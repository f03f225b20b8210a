using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;

namespace ServerlessFashion.Hosting;

/// <summary>Configures the exporter to Application Insights.</summary>
internal static class ApplicationInsights
{
    /// <summary>
    /// The authentication setting, in the form that the Functions host reads: <c>Authorization=AAD</c>, with <c>;ClientId=...</c>
    /// for a user-assigned identity. Without it the exporter uses only the connection string.
    /// </summary>
    public const string AuthenticationSetting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    private const string StatsbeatVariable = "APPLICATIONINSIGHTS_STATSBEAT_DISABLED";

    public static void Configure(AzureMonitorExporterOptions options, string connection, string? authentication)
    {
        options.ConnectionString = connection;
        options.Credential = Credential(authentication);
        // Every trace: a run is one of few, and half a trace tells nothing.
        options.SamplingRatio = 1;
        options.TracesPerSecond = null;
        options.EnableLiveMetrics = false;
        // The exporter would report on itself to Microsoft, by a setting that it reads from the environment alone.
        if (Environment.GetEnvironmentVariable(StatsbeatVariable) is null)
        {
            Environment.SetEnvironmentVariable(StatsbeatVariable, "true");
        }
    }

    internal static TokenCredential? Credential(string? authentication)
    {
        var parts = (authentication ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        if (!parts.TryGetValue("Authorization", out var kind) || !kind.Equals("AAD", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return new ManagedIdentityCredential(
            parts.TryGetValue("ClientId", out var client)
                ? ManagedIdentityId.FromUserAssignedClientId(client)
                : ManagedIdentityId.SystemAssigned);
    }
}
