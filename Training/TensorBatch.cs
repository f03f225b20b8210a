using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>Images of a set with their labels and brightness. The tensors belong to the caller's dispose scope.</summary>
/// <param name="Images">Network input: batch x channels x side x side, 0..1 unless the transform normalises.</param>
/// <param name="Brightness">
/// Sum of the raw grey values of each image: batch, 0..199920, whole numbers. An augmentation does not change it.
/// </param>
/// <param name="Labels">True labels: batch.</param>
/// <param name="Garments">Garments 0..9: batch.</param>
internal readonly record struct TensorBatch(Tensor Images, Tensor Brightness, Tensor Labels, Tensor Garments);
