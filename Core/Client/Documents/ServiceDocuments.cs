namespace ServerlessFashion.Client.Documents;

/// <summary>One page of a list.</summary>
internal sealed record ListDocument<T>(IReadOnlyList<T> Items, string? Continuation);

/// <summary>An RFC 9457 problem. Servers may leave out each field.</summary>
internal sealed record ProblemDocument(string? Title, string? Detail, string? TraceId);

/// <summary>The health of a server.</summary>
internal sealed record HealthDocument(string Status, string Version)
{
    public const string Healthy = "healthy";
}
