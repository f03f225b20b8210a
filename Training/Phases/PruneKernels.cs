using ServerlessFashion.Models;
using ServerlessFashion.Runs;

namespace ServerlessFashion.Training.Phases;

/// <summary>Sets the smallest kernel weights to zero before each epoch, and holds them there through the optimizer's steps.</summary>
internal sealed class PruneKernels(TrainingPhase phase) : PhaseCallback
{
    private KernelMasks? _masks;

    public override void BeginEpoch(TrainedNetwork model, PhaseEpoch phaseEpoch)
    {
        _masks?.Dispose();
        _masks = KernelMasks.Prune(model.Plan, model.Network, phase.SparsityOf(phaseEpoch.Epoch));
    }

    public override void Updated() => _masks!.Hold();

    public override void Dispose()
    {
        _masks?.Dispose();
        base.Dispose();
    }
}
