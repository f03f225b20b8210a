using System.ComponentModel.DataAnnotations;

namespace ServerlessFashion.Models;

/// <summary>Leaves images that the network already knows out of most epochs (InfoBatch: Qin et al. 2023, arXiv:2303.04947).</summary>
/// <param name="Share">Probability that an image with less than the mean loss is left out of an epoch, 0..1 without 1.</param>
/// <param name="WholeEpochs">Number of last epochs of the phase that use every image.</param>
public sealed record DataPruning(
    [property: Range(0d, 1d, MaximumIsExclusive = true)] double Share, [property: Range(0, 10_000)] int WholeEpochs)
{
    /// <summary>
    /// Share of the images whose loss lies below the mean of all, from the second epoch on: .76 to .84 with the strong network on
    /// Fashion-MNIST.
    /// </summary>
    private const double KnownShare = .8;

    /// <summary>
    /// Share of the images that an epoch takes on average: all in the first and the last ones, and in the others those that are not
    /// left out.
    /// </summary>
    /// <param name="epochs">Epochs of the phase.</param>
    public double ImageShare(int epochs)
    {
        if (epochs <= 0)
        {
            return 1;
        }

        var whole = Math.Min(epochs, 1 + WholeEpochs);
        return (whole + ((epochs - whole) * (1 - (KnownShare * Share)))) / epochs;
    }
}
