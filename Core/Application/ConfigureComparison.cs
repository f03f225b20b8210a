using ServerlessFashion.Data;
using ServerlessFashion.Datasets;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Application;

/// <summary>Turns the options of a comparison into the definition of a run.</summary>
public sealed class ConfigureComparison(TrainingMachine machine, RegisteredSets sets)
{
    /// <summary>The definition of a run with these options on this machine, for the data set that they name.</summary>
    /// <exception cref="InvalidInputException">An option is invalid, or no such data set is registered; the message names it.</exception>
    public async Task<RunDefinition> ConfigureAsync(ComparisonOptions options, CancellationToken cancellation) =>
        machine.Configure(
            options,
            options.Dataset is null or DatasetDescription.FashionMnistName
                ? null
                : await sets.GetAsync(options.Dataset, cancellation));
}
