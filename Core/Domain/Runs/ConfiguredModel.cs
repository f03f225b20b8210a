using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Runs;

/// <summary>A model of a run: its spec and its training.</summary>
internal sealed record ConfiguredModel(ModelSpec Spec, ModelConfiguration Configuration)
{
    /// <summary>The model with options of the caller. Without options it is the same.</summary>
    /// <exception cref="InvalidInputException">An option cannot be used, or the model cannot be trained with it.</exception>
    public ConfiguredModel With(IEnumerable<KeyValuePair<string, OptionValue>> options, ClassLabels labels)
    {
        if (!options.Any())
        {
            return this;
        }

        var inRun = SpecOptions.Apply(Spec with { BatchSize = Configuration.BatchSize, Phases = Configuration.Phases }, options);
        try
        {
            SpecRules.Require(inRun, labels);
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException($"set: {e.Message}", e);
        }

        return new ConfiguredModel(
            SpecOptions.Apply(Spec, options), Configuration with { BatchSize = inRun.BatchSize, Phases = inRun.Phases });
    }
}
