using ServerlessFashion.Models;
using ServerlessFashion.Phrases;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>Resolves the options of a new run, with what the storage account has for them.</summary>
public sealed class ConfigureComparison(TrainingMachine machine, SpecService specs)
{
    /// <summary>The definition of a run with these options on this machine.</summary>
    /// <exception cref="InvalidInputException">An option is invalid; the message names it.</exception>
    public async Task<RunDefinition> ConfigureAsync(ComparisonOptions options, CancellationToken cancellation)
    {
        var given = new List<ModelSpec>(options.Specs ?? []);
        foreach (var name in options.ModelsOfUsers())
        {
            given.Add(await specs.FindOwnAsync(name, cancellation)
                ?? throw UnknownName.Refuse(
                    "models", name, "model",
                    [.. (await specs.ListNamesAsync(cancellation)).Concat(given.Select(spec => spec.Name)).Distinct()]));
        }

        return machine.Configure(given.Count == 0 ? options : options with { Specs = given });
    }
}
