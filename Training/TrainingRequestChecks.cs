using ServerlessFashion.Specs;

namespace ServerlessFashion.Training;

/// <summary>Refuses a training with inconsistent inputs before anything is computed.</summary>
internal static class TrainingRequestChecks
{
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

        SpecRules.RequireTrainable(request.Spec, request.Configuration.Phases, request.Classes);
    }
}
