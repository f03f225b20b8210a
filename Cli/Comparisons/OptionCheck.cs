using ServerlessFashion.Application;
using ServerlessFashion.Data;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Cli.Comparisons;

/// <summary>Checks the options of a new run before anything is started.</summary>
/// <param name="Check">Throws <see cref="InvalidInputException"/> if an option cannot be used. A server checks them itself.</param>
internal sealed record OptionCheck(Action<ComparisonOptions> Check)
{
    /// <summary>
    /// Checks everything that can be known before storage is opened. A registered data set and a model of a user are not known then.
    /// </summary>
    public static OptionCheck Of(TrainingMachine machine) => new(options =>
    {
        if (!options.ModelsOfUsers().Any())
        {
            machine.Configure(options.Dataset is null or DatasetDescription.FashionMnistName
                ? options
                : options with { Dataset = null, Labels = null, Split = null });
        }
    });
}
