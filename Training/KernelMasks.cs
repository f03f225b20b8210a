using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>
/// The pruned kernel weights of a network. The masks are not stored: a pruned weight is exactly zero, and the masks are computed
/// again from the weights before every epoch. A resumed training therefore has the same masks.
/// </summary>
internal sealed class KernelMasks : IDisposable
{
    private readonly List<(Tensor Weight, Tensor Mask)> _kernels = [];

    private KernelMasks()
    {
    }

    /// <summary>
    /// Sets the smallest kernel weights to zero until their share is <paramref name="sparsity"/> (see
    /// <see cref="Pruning.ToSparsity"/>).
    /// </summary>
    public static KernelMasks Prune(ModelPlan plan, Network network, double sparsity)
    {
        using var noGradient = no_grad();
        var masks = new KernelMasks();
        Tensor[] weights = [.. plan.Weights.Where(Pruning.Takes).Select(weight => network.Weight(weight.Name))];
        float[][] values = [.. weights.Select(TensorFactory.ToHost)];
        Pruning.ToSparsity(values, sparsity);
        foreach (var (weight, pruned) in weights.Zip(values))
        {
            using var given = TensorFactory.From(pruned, weight.shape, weight.device);
            weight.copy_(given);
            masks._kernels.Add((weight, given.ne(0).to_type(ScalarType.Float32).DetachFromDisposeScope()));
        }

        return masks;
    }

    /// <summary>Sets the pruned weights to zero again after an optimizer step.</summary>
    public void Hold()
    {
        using var noGradient = no_grad();
        foreach (var (weight, mask) in _kernels)
        {
            weight.mul_(mask);
        }
    }

    public void Dispose()
    {
        foreach (var (_, mask) in _kernels)
        {
            mask.Dispose();
        }
    }
}
