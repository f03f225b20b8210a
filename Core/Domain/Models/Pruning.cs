using System.ComponentModel.DataAnnotations;

namespace ServerlessFashion.Models;

/// <summary>
/// The pruning of one phase: before each epoch, the smallest kernel weights of the whole network by magnitude are permanently set
/// to zero, until the epoch's share of zeros is reached. The share follows the cubic schedule of Zhu and Gupta (2017,
/// arXiv:1710.01878), equation 1.
/// </summary>
/// <param name="From">Share of zero kernel weights at the start of the phase, 0..1.</param>
/// <param name="To">Share from the phase's last epoch on, 0..1; equal to <paramref name="From"/> for fine-tuning.</param>
public sealed record Pruning([property: Range(0d, 1d)] double From, [property: Range(0d, 1d)] double To)
{
    /// <summary><c>To + (From - To) (1 - t)^3</c> for a time <paramref name="t"/> of 0 to 1.</summary>
    public double SparsityAt(double t) => To + ((From - To) * Math.Pow(1 - t, 3));

    /// <summary>The share for an epoch of the phase, counted from 1. The last of <paramref name="epochs"/> has t = 1.</summary>
    public double SparsityOf(int epoch, int epochs) => SparsityAt((double)epoch / epochs);

    /// <summary>Number of zeros among <paramref name="weights"/> at a sparsity, rounded down.</summary>
    public static int ZerosOf(long weights, double sparsity) => (int)(sparsity * weights);

    /// <summary>
    /// Sets the smallest values of all <paramref name="kernels"/> together by magnitude to zero, until <see cref="ZerosOf"/> of
    /// them are zero. Ties keep their order. Existing zeros are the smallest values.
    /// </summary>
    public static void ToSparsity(IReadOnlyList<float[]> kernels, double sparsity)
    {
        float[] magnitudes = [.. kernels.SelectMany(kernel => kernel).Select(Math.Abs)];
        var count = ZerosOf(magnitudes.Length, sparsity);
        if (count == 0)
        {
            return;
        }

        Array.Sort(magnitudes);
        var largest = magnitudes[count - 1];
        var equalsToTake = count - magnitudes.AsSpan(0, count).IndexOf(largest);
        foreach (var kernel in kernels)
        {
            for (var i = 0; i < kernel.Length; i++)
            {
                var magnitude = Math.Abs(kernel[i]);
                if (magnitude < largest || (magnitude == largest && equalsToTake-- > 0))
                {
                    kernel[i] = 0;
                }
            }
        }
    }

    /// <summary>True if pruning may remove <paramref name="weight"/>: it is a kernel, not a bias and not part of a BatchNorm.</summary>
    public static bool Takes(WeightDeclaration weight) => weight.Role == WeightRole.Kernel;
}
