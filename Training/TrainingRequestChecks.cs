using ServerlessFashion.Models;

namespace ServerlessFashion.Training;

/// <summary>Refuses a training with inconsistent inputs before anything is computed.</summary>
internal static class TrainingRequestChecks
{
    /// <summary>
    /// oneDNN 3.7.1, which libtorch 2.10 contains, pads the channels of a convolution to a multiple of its vector width. Its
    /// backward pass reads this padding uninitialised, so a gradient occasionally becomes NaN.
    /// </summary>
    private const int FilterMultiple = 16;

    /// <exception cref="InvalidInputException">The request is invalid; the message names the part.</exception>
    public static void RequireTrainable(this TrainingRequest request)
    {
        if (request.Spec.Name != request.Configuration.Name)
        {
            throw new InvalidInputException($"configuration: expected model {request.Spec.Name}, found {request.Configuration.Name}.");
        }

        if (request.Data.Train.Count < 2 || request.Data.Validation.Count == 0)
        {
            throw new InvalidInputException(
                $"data: expected at least 2 training images and 1 validation image, "
                + $"found {request.Data.Train.Count} and {request.Data.Validation.Count}.");
        }

        if (request.Configuration.BatchSize < 2)
        {
            throw new InvalidInputException(
                $"batchSize of {request.Spec.Name}: expected at least 2, found {request.Configuration.BatchSize}.");
        }

        RequireUsablePhases(request);
        var kernels = request.Configuration.Phases.SelectMany(phase => request.Spec.PlanOf(phase, request.Classes).Weights)
            .Where(weight => weight is { Role: WeightRole.Kernel, Shape.Length: > 2 });
        if (kernels.FirstOrDefault(kernel => kernel.Shape[0] % FilterMultiple != 0) is { } odd)
        {
            throw new InvalidInputException(
                $"model {request.Spec.Name}: the filters of a convolution should be a multiple of {FilterMultiple}, found {odd.Shape[0]}.");
        }

        foreach (var phase in request.Configuration.Phases)
        {
            LabelPreservation.Require(phase.Augmentation, request.Spec.Head, request.Classes, request.Spec.Name);
        }
    }

    private static void RequireUsablePhases(TrainingRequest request)
    {
        TrainingPhase[] trained = [.. request.Configuration.Phases.Where(phase => phase.Epochs > 0)];
        if (trained is [])
        {
            throw new InvalidInputException($"phases of {request.Spec.Name}: expected at least one epoch, found none.");
        }

        if (trained.SkipWhile(phase => phase.Wide).FirstOrDefault(phase => phase.Wide) is { } late)
        {
            throw new InvalidInputException($"phases of {request.Spec.Name}: phase {late.Name} is wide, and channels were cut before it.");
        }

        if (trained[^1].Wide)
        {
            throw new InvalidInputException(
                $"phases of {request.Spec.Name}: expected an epoch after the wide phase {trained[^1].Name}, found none.");
        }
    }
}
