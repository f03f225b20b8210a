using System.CommandLine;
using ServerlessFashion.Application;
using ServerlessFashion.Data;

namespace ServerlessFashion.Cli.Options;

/// <summary>Which model a command means: one by its name, or the champion of a data set.</summary>
internal static class ServedModel
{
    /// <summary>The data set whose champion a command means.</summary>
    public static Option<string?> Dataset { get; } = new("--dataset")
    {
        Description = $"Data set whose champion is meant (default: {DatasetDescription.FashionMnistName}).",
        HelpName = "NAME",
    };

    /// <summary>The reference to the model.</summary>
    /// <param name="dataset">Null for Fashion-MNIST.</param>
    /// <exception cref="InvalidInputException">A named model is given with a data set.</exception>
    public static string Of(string? model, string? dataset)
    {
        var given = OptionText.Given("model", "a model", model)!;
        return dataset is null ? given
            : given == PredictImages.Champion ? PredictImages.ChampionOf(dataset)
            : throw new InvalidInputException("dataset: a model that is named has its data set already; leave --dataset out.");
    }
}
