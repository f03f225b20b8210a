namespace ServerlessFashion;

/// <summary>One page of a list; <paramref name="Continuation"/> asks for the next one and is null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Continuation);
