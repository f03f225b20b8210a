using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>
/// Which kernel weights of a network are pruned. Nothing of it is stored: a pruned weight is exactly zero, and the masks
/// are made again from the weights before every epoch, so a resumed training holds the same ones.
/// </summary>
internal sealed class KernelMasks : IDisposable
{
    private readonly List<(Tensor Weight, Tensor Mask)> kernels = [];

    private KernelMasks()
    {
    }

    /// <summary>Sets the smallest kernel weights to zero until they are <paramref name="sparsity"/> of all (see <see cref="Pruning.ToSparsity"/>).</summary>
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
            masks.kernels.Add((weight, given.ne(0).to_type(ScalarType.Float32).DetachFromDisposeScope()));
        }

        return masks;
    }

    /// <summary>Sets what an optimizer's step has revived to zero again.</summary>
    public void Hold()
    {
        using var noGradient = no_grad();
        foreach (var (weight, mask) in kernels)
        {
            weight.mul_(mask);
        }
    }

    public void Dispose()
    {
        foreach (var (_, mask) in kernels)
        {
            mask.Dispose();
        }
    }
}
