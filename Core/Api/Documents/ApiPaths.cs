namespace ServerlessFashion.Api.Documents;

/// <summary>Paths that documents name.</summary>
internal static class ApiPaths
{
    /// <summary>The first segment of every path.</summary>
    public const string Prefix = "/api";

    public static string Spec(string name) => $"{Prefix}/specs/{name}";

    public static string Comparison(string runId) => $"{Prefix}/comparisons/{runId}";
}
