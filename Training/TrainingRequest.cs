using ServerlessFashion.Data;
using ServerlessFashion.Models;
using ServerlessFashion.Runs;
using ServerlessFashion.Training.Devices;

namespace ServerlessFashion.Training;

/// <summary>What one training is made from.</summary>
/// <param name="Spec">The network.</param>
/// <param name="Configuration">Batch size, phases and epochs of this run.</param>
/// <param name="Data">The three sets; Train is already reduced to the model's own limit.</param>
/// <param name="Seed">Seed of the weights, the order of the images and the dropout masks.</param>
/// <param name="Threads">CPU threads of libtorch; results are reproducible to the bit at the same number only.</param>
/// <param name="ImageNet">Start weights of a ResNet50 base; null where they are unavailable.</param>
/// <param name="WeightsNote">Where the start weights came from; stands in the evaluation.</param>
/// <param name="RunConfigurationJson">The run's whole effective configuration; carried in every checkpoint.</param>
/// <param name="Device">What it computes on. The default value is the CPU.</param>
/// <param name="Time">Clock of the epochs' seconds. The default value is the system's.</param>
public sealed record TrainingRequest(
    ModelSpec Spec,
    ModelConfiguration Configuration,
    LabelScheme Labels,
    TrainingData Data,
    int Seed,
    int Threads,
    PretrainedWeights? ImageNet,
    string WeightsNote,
    string RunConfigurationJson,
    TrainingDevice? Device = null,
    TimeProvider? Time = null)
{
    /// <summary>Number of labels.</summary>
    public int Classes => LabelNames.Of(Labels).Count;

    internal TrainingDevice ComputesOn => Device ?? TrainingDevice.Cpu;

    internal TimeProvider Clock => Time ?? TimeProvider.System;
}

/// <summary>Where a training stands inside an epoch.</summary>
/// <param name="Epoch">Counted from 1 over all phases.</param>
/// <param name="Batch">Batches done in this epoch.</param>
/// <param name="Loss">Mean over the epoch so far, in training mode.</param>
/// <param name="Accuracy">Likewise, 0..1.</param>
public readonly record struct BatchProgress(int Epoch, int TotalEpochs, int Batch, int Batches, double Loss, double Accuracy)
{
    /// <summary>Training images of the epoch so far.</summary>
    public int Images { get; init; }
}
