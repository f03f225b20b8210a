using System.Text.Json.Serialization;

namespace ServerlessFashion.Data;

/// <summary>
/// The images of each set: 0-based rows of the split's training images (train, validation) and test images. With
/// <see cref="DatasetSplit.HeldOut"/>, the rows of all three sets are those of the train part.
/// </summary>
/// <param name="Train">With <see cref="Folds"/>, the images of all folds.</param>
/// <param name="Validation">With <see cref="Folds"/>, none.</param>
public sealed record SplitIndices(LabelScheme Labels, DatasetSplit Split, int Seed, int[] Train, int[] Validation, int[] Test)
{
    /// <summary>The rows of each fold; null without folds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int[]>? Folds { get; init; }

    /// <summary>
    /// The sets of the training with this seed. With folds, the training with seed k validates on fold k and learns from the others;
    /// without folds, all trainings have the same sets.
    /// </summary>
    /// <exception cref="InvalidInputException">There is no fold of that number.</exception>
    public SplitIndices OfTraining(int seed)
    {
        if (Folds is null)
        {
            return this;
        }

        if (seed < 1 || seed > Folds.Count)
        {
            throw new InvalidInputException($"seed: expected a fold from 1 to {Folds.Count}, found {seed}.");
        }

        var fold = Folds[seed - 1];
        return this with { Train = [.. Train.Except(fold)], Validation = fold, Folds = null };
    }
}
