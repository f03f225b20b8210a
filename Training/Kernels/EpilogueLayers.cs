using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>The layers of an epilogue with their weights.</summary>
/// <param name="BatchNorm">Null without one.</param>
/// <param name="Mask">Dropout mask, of the size of the result and in the order of its memory; null without dropout.</param>
internal sealed record EpilogueLayers(bool HasRelu, BatchNormWeights? BatchNorm, bool HasPooling, Tensor? Mask);

/// <summary>The weights of a BatchNorm, one number a channel each.</summary>
/// <param name="Momentum">Share of the moving statistics that a step replaces.</param>
/// <param name="UsesBatchStatistics">Whether it normalises by the batch and gathers its statistics, as in training.</param>
internal sealed record BatchNormWeights(
    Tensor Scale, Tensor Shift, Tensor MovingMean, Tensor MovingVariance, double Momentum, double Epsilon, bool UsesBatchStatistics);
