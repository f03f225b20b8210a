using System.ComponentModel;

namespace ServerlessFashion.Api.Documents;

/// <summary>One page of a list.</summary>
/// <param name="Continuation">Requests the next page; null at the end.</param>
internal sealed record ListDocument<T>(
    IReadOnlyList<T> Items,
    [property: Description("Requests the next page; null at the end.")] string? Continuation);
