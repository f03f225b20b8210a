using ServerlessFashion.Specs;

namespace ServerlessFashion.Runs;

/// <summary>
/// Adapts the recipe of a built-in model to a data set that is smaller than Fashion-MNIST. Recipes count epochs, and an epoch of a small
/// set has few steps, after which the weights have hardly moved and the statistics of a BatchNorm have not arrived.
/// </summary>
internal static class SmallSetRecipe
{
    /// <summary>
    /// Model 4 learned scikit-learn's digits in about 650 steps. After 800 steps at momentum .99, 0.03 % of the initial moving statistics
    /// remain.
    /// </summary>
    public const int EnoughSteps = 800;

    private const string BatchSize = "batchSize";

    /// <summary>A BatchNorm needs the statistics of some images.</summary>
    public const int SmallestBatch = 16;

    /// <summary>A set of a few images would otherwise train for thousands of epochs.</summary>
    public const int MostRepeats = 10;

    /// <summary>Whether an option of a caller decides batch or epochs, so that the recipe stays as it is.</summary>
    public static bool IsSetBy(KeyValuePair<string, OptionValue> option) => option.Key is SpecOptions.Epochs or BatchSize;

    /// <summary>
    /// Halves the batch down to <see cref="SmallestBatch"/>, and then multiplies the epochs by at most <see cref="MostRepeats"/>, until the
    /// training takes as many steps as on Fashion-MNIST, or <see cref="EnoughSteps"/>. The learning rate stays as it is.
    /// </summary>
    /// <param name="images">Training images of the run.</param>
    /// <param name="usual">Training images of the same run on Fashion-MNIST.</param>
    public static ModelConfiguration Fit(ModelConfiguration recipe, int images, int usual)
    {
        var limit = recipe.TrainLimit ?? int.MaxValue;
        var target = Math.Min(EnoughSteps, Steps(Math.Min(usual, limit), recipe.BatchSize));
        var taken = Math.Min(images, limit);
        var batch = recipe.BatchSize;
        while (batch / 2 >= SmallestBatch && Steps(taken, batch) < target)
        {
            batch /= 2;
        }

        var repeats = Math.Clamp((target + Steps(taken, batch) - 1) / Steps(taken, batch), 1, MostRepeats);
        return recipe with
        {
            BatchSize = batch,
            Phases = [.. recipe.Phases.Select(phase => phase with { Epochs = phase.Epochs * repeats })],
        };

        int Steps(int count, int size) => Math.Max(1, (count + size - 1) / size * recipe.TotalEpochs);
    }
}
