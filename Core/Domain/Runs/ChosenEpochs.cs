using ServerlessFashion.Models;
using ServerlessFashion.Phrases;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Runs;

/// <summary>The epochs that a caller chose for the models of a run.</summary>
internal static class ChosenEpochs
{
    /// <summary>The epochs by model, from both ways to give them.</summary>
    /// <exception cref="InvalidInputException">A number is invalid, or its model is not in the run.</exception>
    public static IReadOnlyDictionary<string, int> Of(
        IReadOnlyDictionary<string, int>? epochs, ILookup<string, KeyValuePair<string, OptionValue>> set, IReadOnlyList<ModelSpec> models)
    {
        var chosen = new Dictionary<string, int>(epochs ?? new Dictionary<string, int>());
        foreach (var model in set)
        {
            foreach (var (_, value) in model.Where(option => option.Key == SpecOptions.Epochs))
            {
                if (!chosen.TryAdd(model.Key, SpecOptions.ReadEpochs(model.Key, value)))
                {
                    throw new InvalidInputException(
                        $"set: {model.Key}.{SpecOptions.Epochs} is given by epochs too; leave one of them out.");
                }
            }
        }

        Check(models, chosen);
        return chosen;
    }

    /// <summary>Each phase keeps its epochs as long as every later phase still gets one. The last phase gets the rest.</summary>
    public static IReadOnlyList<TrainingPhase> Spread(IReadOnlyList<TrainingPhase> phases, int total)
    {
        var spread = new List<TrainingPhase>();
        var left = total;
        for (var i = 0; i < phases.Count && left > 0; i++)
        {
            var later = phases.Count - 1 - i;
            var count = later == 0 ? left : Math.Min(phases[i].Epochs, Math.Max(1, left - later));
            spread.Add(phases[i] with { Epochs = count });
            left -= count;
        }

        return spread;
    }

    private static void Check(IReadOnlyList<ModelSpec> models, Dictionary<string, int> epochs)
    {
        foreach (var (name, count) in epochs)
        {
            if (models.All(spec => spec.Name != name))
            {
                throw UnknownName.Refuse("epochs", name, "model of this run", [.. models.Select(spec => spec.Name)]);
            }

            if (count is < 1 or > Presets.MaxEpochs)
            {
                throw new InvalidInputException($"epochs: {count} for '{name}' is not a number from 1 to {Presets.MaxEpochs}.");
            }

            if (count == 1 && models.Single(spec => spec.Name == name).PrunedFrom.Count > 0)
            {
                throw new InvalidInputException($"epochs: '{name}' needs at least 2, one before it is pruned and one after.");
            }
        }
    }
}
