using ServerlessFashion.Models;
using ServerlessFashion.Training.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>
/// Leaves known images out of an epoch (InfoBatch: Qin et al. 2023, arXiv:2303.04947). An image is known if its loss from its last
/// training step was below the mean of all images. A known image is left out with probability r. A known image that stays counts 1
/// / (1 - r) times, so the expected gradient is that of the whole set.
/// </summary>
internal sealed class KnownImages : IDisposable
{
    private readonly int _seed;
    private readonly Tensor _losses;

    /// <param name="losses">Loss of each image from its last training step; infinite if there was none.</param>
    private KnownImages(int seed, float[] losses, Device device)
    {
        _seed = seed;
        using var values = TensorFactory.From(losses, device);
        _losses = values.clone().DetachFromDisposeScope();
    }

    public static KnownImages Start(int seed, int images, Device device)
    {
        var losses = new float[images];
        Array.Fill(losses, float.PositiveInfinity);
        return new KnownImages(seed, losses, device);
    }

    public static KnownImages Restore(int seed, float[] losses, Device device) => new(seed, losses, device);

    /// <summary>Loss of each image from its last training step; infinite if there was none. Waits for the device.</summary>
    public float[] ReadLosses() => TensorFactory.ToHost(_losses);

    /// <summary>Returns the images of an epoch in the given order, and the weight of each.</summary>
    public (long[] Order, float[] Weights) Choose(ReadOnlySpan<long> order, DataPruning pruning, int epoch)
    {
        var losses = ReadLosses();
        var mean = losses.Average(loss => (double)loss);
        var (kept, weights) = (new List<long>(order.Length), new List<float>(order.Length));
        foreach (var image in order)
        {
            var isKnown = losses[image] < mean;
            if (!isKnown || new KeyedRandom(_seed, RandomPurpose.DataPruning, epoch, (int)image).NextUnit() >= pruning.Share)
            {
                kept.Add(image);
                weights.Add(isKnown ? (float)(1 / (1 - pruning.Share)) : 1);
            }
        }

        return ([.. kept], [.. weights]);
    }

    /// <param name="losses">One per image: batch.</param>
    public void Record(ReadOnlySpan<long> images, Tensor losses)
    {
        using var index = TensorFactory.From(images.ToArray(), _losses.device);
        _losses.index_copy_(0, index, losses);
    }

    public void Dispose() => _losses.Dispose();
}
