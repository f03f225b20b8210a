using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Comparisons;

/// <summary>Checks the options of a new run before anything is started.</summary>
/// <param name="Check">Throws <see cref="InvalidInputException"/> if an option cannot be used. A server checks them itself.</param>
internal sealed record OptionCheck(Action<ComparisonOptions> Check);
