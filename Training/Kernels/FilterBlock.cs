using ServerlessFashion.Training.Devices;
using static TorchSharp.torch;

namespace ServerlessFashion.Training.Kernels;

/// <summary>The order of the weights of a 3x3 kernel over one channel: tap after tap, the filters of a tap side by side.</summary>
internal static class FilterBlock
{
    /// <summary>Side of a window.</summary>
    public const int Side = 3;

    /// <summary>Elements of a window.</summary>
    public const int Taps = Side * Side;

    /// <param name="byFilter">filters x 3 x 3.</param>
    /// <returns>9 x filters.</returns>
    public static float[] InOrder(float[] byFilter)
    {
        var filters = byFilter.Length / Taps;
        var byTap = new float[byFilter.Length];
        for (var i = 0; i < byFilter.Length; i++)
        {
            byTap[(i % Taps * filters) + (i / Taps)] = byFilter[i];
        }

        return byTap;
    }

    /// <summary>The gradients of kernel and bias as tensors.</summary>
    /// <param name="sums">9 x filters, and then the sums of the bias.</param>
    public static Tensor[] Gradients(double[] sums, int filters) =>
    [
        TensorFactory.From(ByFilter(sums, filters), [filters, 1, Side, Side], CPU),
        TensorFactory.From(Array.ConvertAll(sums[(Taps * filters)..], value => (float)value), CPU),
    ];

    private static float[] ByFilter(double[] byTap, int filters)
    {
        var byFilter = new float[Taps * filters];
        for (var i = 0; i < byFilter.Length; i++)
        {
            byFilter[i] = (float)byTap[(i % Taps * filters) + (i / Taps)];
        }

        return byFilter;
    }
}
