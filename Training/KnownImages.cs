using ServerlessFashion.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ServerlessFashion.Training;

/// <summary>
/// Leaves images that the network knows already out of an epoch (InfoBatch: Qin et al. 2023, arXiv:2303.04947). An image whose
/// loss, when it was last trained on, lay below the mean of all is left out with probability r; one of those that stays
/// counts 1 / (1 - r) times, so that the expected gradient is that of the whole set.
/// </summary>
internal sealed class KnownImages
{
    private readonly int _seed;
    private readonly float[] _losses;

    /// <param name="losses">Loss of each image when it was last trained on; infinite where it never was.</param>
    private KnownImages(int seed, float[] losses) => (_seed, _losses) = (seed, losses);

    public IReadOnlyList<float> Losses => _losses;

    public static KnownImages Start(int seed, int images)
    {
        var losses = new float[images];
        Array.Fill(losses, float.PositiveInfinity);
        return new KnownImages(seed, losses);
    }

    public static KnownImages Restore(int seed, IReadOnlyList<float> losses) => new(seed, [.. losses]);

    /// <summary>The images of an epoch in the given order, and what each counts.</summary>
    public (long[] Order, float[] Weights) Choose(ReadOnlySpan<long> order, DataPruning pruning, int epoch)
    {
        var mean = _losses.Average(loss => (double)loss);
        var (kept, weights) = (new List<long>(order.Length), new List<float>(order.Length));
        foreach (var image in order)
        {
            var isKnown = _losses[image] < mean;
            if (!isKnown || new KeyedRandom(_seed, RandomPurpose.DataPruning, epoch, (int)image).NextUnit() >= pruning.Share)
            {
                kept.Add(image);
                weights.Add(isKnown ? (float)(1 / (1 - pruning.Share)) : 1);
            }
        }

        return ([.. kept], [.. weights]);
    }

    /// <param name="losses">One an image: batch.</param>
    public void Record(ReadOnlySpan<long> images, Tensor losses)
    {
        var values = losses.data<float>();
        for (var i = 0; i < images.Length; i++)
        {
            _losses[images[i]] = values[i];
        }
    }
}
