namespace ServerlessFashion.Api.Documents;

/// <summary>Reports that the service works.</summary>
/// <param name="Status">Always <see cref="Healthy"/>; a service that does not work answers with a problem.</param>
internal sealed record HealthDocument(string Status, string Version)
{
    public const string Healthy = "healthy";
}
