using static TorchSharp.torch;

namespace ServerlessFashion.Training.Tests.Kernels;

/// <summary>Comparison of a kernel's tensor with that of libtorch.</summary>
internal static class KernelAssert
{
    /// <summary>
    /// The same shape, and a largest difference of at most <paramref name="tolerance"/> times the largest value (or 1, if that is smaller).
    /// </summary>
    public static void Close(Tensor expected, Tensor found, double tolerance)
    {
        Assert.Equal(expected.shape, found.shape);
        var scale = Math.Max(1, expected.abs().max().item<float>());
        Assert.InRange((expected - found).abs().max().item<float>() / scale, 0, tolerance);
    }
}
