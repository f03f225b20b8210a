using ServerlessFashion.Models;

namespace ServerlessFashion.Training.Phases;

/// <summary>The callbacks that the fields of a phase ask for.</summary>
internal static class PhaseCallbacks
{
    /// <summary>In the order in which each moment of the loop reaches them.</summary>
    /// <param name="index">The phase's index in the request's configuration.</param>
    public static IReadOnlyList<PhaseCallback> Of(TrainingRequest request, int index, ImageTensors images)
    {
        var phase = request.Configuration.Phases[index];
        var callbacks = new List<PhaseCallback>();
        if (!phase.Wide && request.Configuration.Phases.Take(index).LastOrDefault(before => before.Epochs > 0) is { Wide: true })
        {
            callbacks.Add(new CutChannels(request.Spec.PlanOf(phase, request.Classes)));
        }

        callbacks.Add(new Freeze(phase.Trainable));
        if (phase.Pruning is not null)
        {
            callbacks.Add(new PruneKernels(phase));
        }

        if (phase.DataPruning is { } pruning)
        {
            callbacks.Add(new LeaveOutKnownImages(pruning, phase.Epochs, request.Seed, images));
        }

        if (phase.Augmentation is { } augmentation)
        {
            callbacks.Add(new Augmenter(augmentation, request.Seed));
        }

        return callbacks;
    }
}
