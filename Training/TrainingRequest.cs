using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training;

/// <summary>The inputs of one training.</summary>
/// <param name="Spec">The network.</param>
/// <param name="Configuration">Batch size, phases and epochs of this run.</param>
/// <param name="Classes">What the network predicts, and the shape of its images.</param>
/// <param name="Data">The three sets; Train is already reduced to the model's own limit.</param>
/// <param name="Seed">Seed of the weights, the order of the images and the dropout masks.</param>
/// <param name="Threads">CPU threads of libtorch; results are bit-identical only with the same number.</param>
/// <param name="ImageNet">Initial weights of the base; null for random ones.</param>
/// <param name="WeightsNote">The origin of the initial weights, for the evaluation.</param>
/// <param name="RunConfigurationJson">The complete effective configuration of the run; part of every checkpoint.</param>
/// <param name="Device">The device of the training. The default value is the CPU.</param>
/// <param name="Time">The clock that measures epochs. The default value is the system's clock.</param>
public sealed record TrainingRequest(
    ModelSpec Spec,
    ModelConfiguration Configuration,
    ClassLabels Classes,
    TrainingData Data,
    int Seed,
    int Threads,
    PretrainedWeights? ImageNet,
    string WeightsNote,
    string RunConfigurationJson,
    TrainingDevice? Device = null,
    TimeProvider? Time = null)
{
    /// <summary>Whether the classes weigh the same in the loss, see <see cref="Data.ClassWeights"/>. The default value is false.</summary>
    public bool HasClassWeights { get; init; }

    internal TrainingDevice ComputesOn => Device ?? TrainingDevice.Cpu;

    internal TimeProvider Clock => Time ?? TimeProvider.System;
}

/// <summary>The progress of a training within an epoch.</summary>
/// <param name="Epoch">Counted from 1 over all phases.</param>
/// <param name="Batch">Batches done in this epoch.</param>
/// <param name="Loss">Mean over the epoch so far, in training mode.</param>
/// <param name="Accuracy">Likewise, 0..1.</param>
public readonly record struct BatchProgress(int Epoch, int TotalEpochs, int Batch, int Batches, double Loss, double Accuracy)
{
    /// <summary>Number of training images in the epoch so far.</summary>
    public int Images { get; init; }
}
