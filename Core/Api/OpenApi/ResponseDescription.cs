namespace ServerlessFashion.Api.OpenApi;

/// <summary>Describes the response of one status of an endpoint.</summary>
internal sealed record ResponseDescription(int Status, string Description, IReadOnlyList<(string Name, string Description)> Headers)
{
    /// <summary>The media type, or a range of them, of content that no type describes; null for JSON and for no content.</summary>
    public string? MediaType { get; init; }
}
