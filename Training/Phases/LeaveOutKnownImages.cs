using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Phases;

/// <summary>Leaves images that the network already knows out of all epochs of a phase but its last ones.</summary>
internal sealed class LeaveOutKnownImages(DataPruning pruning, int epochs, int seed, ImageTensors images) : PhaseCallback
{
    private KnownImages _known = KnownImages.Start(seed, images.Count, images.Device);

    public override EpochImages Choose(EpochImages images, PhaseEpoch phaseEpoch, int epoch)
    {
        if (phaseEpoch.Epoch > epochs - pruning.WholeEpochs)
        {
            return images;
        }

        var (order, counts) = _known.Choose(images.Order, pruning, epoch);
        return new EpochImages(order, counts);
    }

    public override void Measured(ReadOnlySpan<long> indices, Tensor losses) => _known.Record(indices, losses);

    public override IEnumerable<TensorSource> State() => [new(CheckpointFile.Losses, [images.Count], _known.ReadLosses)];

    public override void Restore(Func<string, long[], WeightTensor> stored)
    {
        var losses = stored(CheckpointFile.Losses, [images.Count]).Values;
        _known.Dispose();
        _known = KnownImages.Restore(seed, losses, images.Device);
    }

    public override void Dispose()
    {
        _known.Dispose();
        base.Dispose();
    }
}
