using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Specs;

namespace ServerlessFashion.Runs;

/// <summary>A model of a run: its spec and its training.</summary>
internal sealed record ConfiguredModel(ModelSpec Spec, ModelConfiguration Configuration)
{
    /// <summary>The model with options of the caller. A built-in model without options is the same.</summary>
    /// <exception cref="InvalidInputException">An option cannot be used, or the model cannot be trained.</exception>
    public ConfiguredModel With(IReadOnlyList<KeyValuePair<string, OptionValue>> options, ClassLabels labels)
    {
        if (!ModelCatalogue.IsBuiltIn(Spec))
        {
            Check("specs", () => SpecNames.Require(Spec.Name));
            Check("specs", () => SpecRules.Require(InRun, labels));
        }

        return options.Count == 0 ? this : Change(options, labels);
    }

    /// <summary>The model with other options, where its own have been checked already.</summary>
    /// <exception cref="InvalidInputException">An option cannot be used, or the model cannot be trained.</exception>
    public ConfiguredModel Change(IReadOnlyList<KeyValuePair<string, OptionValue>> options, ClassLabels labels)
    {
        var changed = SpecOptions.Apply(InRun, options);
        Check("set", () => SpecRules.Require(changed, labels));
        return new ConfiguredModel(
            SpecOptions.Apply(Spec, options), Configuration with { BatchSize = changed.BatchSize, Phases = changed.Phases });
    }

    /// <summary>The spec with the batch and the phases of the run.</summary>
    private ModelSpec InRun => Spec with { BatchSize = Configuration.BatchSize, Phases = Configuration.Phases };

    /// <summary>Puts the field of the request in front of a refusal.</summary>
    private static void Check(string field, Action check)
    {
        try
        {
            check();
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException($"{field}: {e.Message}", e);
        }
    }
}
