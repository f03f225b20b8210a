using System.Globalization;
using ServerlessFashion.Data;
using ServerlessFashion.Models;

namespace ServerlessFashion.Specs;

/// <summary>Says whether a spec can be trained, before anything is started.</summary>
public static class SpecRules
{
    /// <summary>
    /// oneDNN 3.7.1, which libtorch 2.10 contains, pads the channels of a convolution to a multiple of its vector width. Its
    /// backward pass reads this padding uninitialised, so a gradient occasionally becomes NaN.
    /// </summary>
    private const int FilterMultiple = 16;

    private const int MostLayers = 500;
    private const int MostPhases = 50;
    private const long MostParameters = 100_000_000;

    /// <summary>Bytes of the outputs of all layers for one batch.</summary>
    private const long MostBytes = 8L << 30;

    /// <summary>Checks a spec of a user: its numbers, its shapes, its size and its phases.</summary>
    /// <exception cref="InvalidInputException">
    /// The spec cannot be trained; the message names the model and the layer, phase or field.
    /// </exception>
    public static void Require(ModelSpec spec, ClassLabels labels)
    {
        RequireCount(spec, "layers", spec.Layers.Count, MostLayers);
        RequireCount(spec, "phases", spec.Phases.Count, MostPhases);
        SpecRanges.Require(spec);
        RequireTrainable(spec, spec.Phases, labels);
        if (spec.WideLayers is not null && ModelPlan.Of(spec, labels).Layers.Any(layer => layer.Parts.Count > 0))
        {
            throw new InvalidInputException($"model {spec.Name}: wideLayers: channels cannot be removed from a residual block.");
        }

        foreach (var phase in spec.Phases)
        {
            RequireSize(spec, spec.PlanOf(phase, labels));
        }
    }

    /// <summary>Checks what a training with these phases needs.</summary>
    /// <exception cref="InvalidInputException">The message names the model and the part.</exception>
    public static void RequireTrainable(ModelSpec spec, IReadOnlyList<TrainingPhase> phases, ClassLabels labels)
    {
        RequireUsablePhases(spec.Name, phases);
        var kernels = phases.SelectMany(phase => spec.PlanOf(phase, labels).Weights)
            .Where(weight => weight is { Role: WeightRole.Kernel, Shape.Length: > 2 });
        if (kernels.FirstOrDefault(kernel => kernel.Shape[0] % FilterMultiple != 0) is { } odd)
        {
            throw new InvalidInputException(
                $"model {spec.Name}: the filters of a convolution should be a multiple of {FilterMultiple}, found {odd.Shape[0]} "
                + $"in {odd.Name.Split('.')[^2]}.");
        }

        foreach (var phase in phases)
        {
            LabelPreservation.Require(phase.Augmentation, spec.Head, labels, spec.Name);
        }
    }

    private static void RequireCount(ModelSpec spec, string field, int count, int most)
    {
        if (count < 1 || count > most)
        {
            throw new InvalidInputException($"model {spec.Name}: {field}: expected 1 to {most}, found {count}.");
        }
    }

    private static void RequireSize(ModelSpec spec, ModelPlan plan)
    {
        var bytes = plan.LayersAndParts.Sum(layer => (double)layer.Output.Count) * sizeof(float) * spec.BatchSize;
        if (plan.Parameters > MostParameters || bytes > MostBytes)
        {
            throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture,
                $"model {spec.Name}: it has {plan.Parameters:N0} parameters, and the outputs of its layers take "
                + $"{bytes / (1L << 30):0.0} GiB for a batch of {spec.BatchSize}; at most "
                + $"{MostParameters:N0} parameters and {MostBytes >> 30} GiB are allowed."));
        }
    }

    private static void RequireUsablePhases(string model, IReadOnlyList<TrainingPhase> phases)
    {
        TrainingPhase[] trained = [.. phases.Where(phase => phase.Epochs > 0)];
        if (trained is [])
        {
            throw new InvalidInputException($"phases of {model}: expected at least one epoch, found none.");
        }

        if (trained.SkipWhile(phase => phase.Wide).FirstOrDefault(phase => phase.Wide) is { } late)
        {
            throw new InvalidInputException($"phases of {model}: phase {late.Name} is wide, and channels were cut before it.");
        }

        if (trained[^1].Wide)
        {
            throw new InvalidInputException($"phases of {model}: expected an epoch after the wide phase {trained[^1].Name}, found none.");
        }
    }
}
