using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Models;
using ServerlessFashion.Phrases;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>Resolves the options of a new run, with what the storage account has for them: data sets and models of users.</summary>
public sealed class ConfigureComparison(TrainingMachine machine, RegisteredSets sets, SpecService specs)
{
    /// <summary>The definition of a run with these options on this machine, for the data set that they name.</summary>
    /// <exception cref="InvalidInputException">
    /// An option is invalid, or the account has no such data set or model; the message names it.
    /// </exception>
    public async Task<RunDefinition> ConfigureAsync(ComparisonOptions options, CancellationToken cancellation)
    {
        var dataset = options.Dataset is null or DatasetDescription.FashionMnistName
            ? null
            : await sets.GetAsync(options.Dataset, cancellation);
        var given = new List<ModelSpec>(options.Specs ?? []);
        foreach (var name in options.ModelsOfUsers())
        {
            given.Add(await specs.FindOwnAsync(name, cancellation)
                ?? throw UnknownName.Refuse(
                    "models", name, "model",
                    [.. (await specs.ListNamesAsync(cancellation)).Concat(given.Select(spec => spec.Name)).Distinct()]));
        }

        return machine.Configure(given.Count == 0 ? options : options with { Specs = given }, dataset);
    }
}
