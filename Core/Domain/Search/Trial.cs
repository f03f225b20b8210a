using ServerlessFashion.Specs;

namespace ServerlessFashion.Search;

/// <summary>One configuration that a search tries.</summary>
/// <param name="Name">The name of its model in the run.</param>
/// <param name="Round">Counted from 1.</param>
/// <param name="Values">The value of each parameter, in the order of the space.</param>
public sealed record Trial(string Name, int Round, IReadOnlyDictionary<string, OptionValue> Values);
