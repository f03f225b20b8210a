using ServerlessFashion.Training;

namespace ServerlessFashion.Functions.Trainer;

/// <summary>Finds out at the start of a worker, and not in its first training, that its image lacks libtorch.</summary>
internal static class TrainingLibrary
{
    /// <summary>Loads libtorch and computes with it.</summary>
    /// <returns>What was loaded, e.g. <c>libtorch 2.10.0 on cpu: 512</c>.</returns>
    /// <exception cref="InvalidInputException">It cannot be loaded here.</exception>
    public static string Check()
    {
        try
        {
            return TorchLibrary.Check();
        }
        catch (Exception e)
        {
            // TorchSharp's own text blames a package reference, whatever the reason is; the innermost exception knows more.
            throw new InvalidInputException(
                $"trainer: libtorch does not load from {AppContext.BaseDirectory} ({e.GetBaseException().Message}); "
                + "build the trainer flavor for this system and deploy its whole output, natives included.",
                e);
        }
    }
}
