using ServerlessFashion.Export;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Phases;

/// <summary>The images of an epoch in the order in which they are trained on.</summary>
/// <param name="Counts">How many images each represents; null for one each.</param>
internal sealed record EpochImages(long[] Order, float[]? Counts);

/// <summary>
/// What a phase adds to the plain training loop. Each method is one moment of the loop, and does nothing by default. What a callback
/// carries from epoch to epoch is part of the checkpoint, so that a resumed training continues with the same bits.
/// </summary>
internal abstract class PhaseCallback : IDisposable
{
    /// <summary>The phase begins with its first epoch. A resumed training does not begin its phase again.</summary>
    public virtual void Begin(TrainedNetwork model)
    {
    }

    /// <summary>The phase is about to train this network: after <see cref="Begin"/>, and when a checkpoint is opened.</summary>
    public virtual void Open(TrainedNetwork model)
    {
    }

    /// <summary>An epoch of the phase begins.</summary>
    public virtual void BeginEpoch(TrainedNetwork model, PhaseEpoch phaseEpoch)
    {
    }

    /// <summary>Chooses among the images of an epoch.</summary>
    /// <param name="epoch">Over all phases, counted from 1.</param>
    public virtual EpochImages Choose(EpochImages images, PhaseEpoch phaseEpoch, int epoch) => images;

    /// <summary>Changes the images of a batch (batch x channels x side x side).</summary>
    /// <param name="indices">Place of each image in the training set.</param>
    public virtual Tensor Change(Tensor images, ReadOnlySpan<long> indices, int epoch, int step) => images;

    /// <summary>The losses of a batch are known (one an image), and the weights have not moved yet.</summary>
    public virtual void Measured(ReadOnlySpan<long> indices, Tensor losses)
    {
    }

    /// <summary>The optimizer has moved the weights.</summary>
    public virtual void Updated()
    {
    }

    /// <summary>What a checkpoint keeps of the callback.</summary>
    public virtual IEnumerable<TensorSource> State() => [];

    /// <summary>Takes what <see cref="State"/> gave.</summary>
    /// <param name="stored">The checkpoint's tensor of a name and shape.</param>
    public virtual void Restore(Func<string, long[], WeightTensor> stored)
    {
    }

    public virtual void Dispose()
    {
    }
}
